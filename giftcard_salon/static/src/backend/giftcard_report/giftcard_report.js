/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Component, onWillStart, useState} from "@odoo/owl";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate, serializeDate, toLocaleDateString} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";
import {formatFloat, formatPercentage} from "@web/views/fields/formatters";
import {session} from "@web/session";

/** The accountant's reports: tables whose figures open what they sum up. */
export class GiftcardReport extends Component {
  static template = "giftcard_salon.GiftcardReport";
  static components = {ControlPanel, DateTimeInput};
  static props = {...standardActionServiceProps};

  setup() {
    this.orm = useService("orm");
    this.action = useService("action");
    this.display = {controlPanel: {}};
    this.state = useState({report: null, isBusy: false});
    this.companies = user.activeCompanies || session.user_companies;
    onWillStart(() => this.load(this.startOptions));
  }

  get kind() {
    return this.props.action.params?.kind || "liability";
  }

  /** Coming back from a figure, the same days are shown. */
  get startOptions() {
    const {date_from, date_to, company_id} = {
      ...this.props.action.params,
      ...this.props.state,
    };
    return {date_from, date_to, company_id};
  }

  get report() {
    return this.state.report;
  }

  async load(options) {
    this.state.isBusy = true;
    try {
      this.state.report = await this.orm.call("giftcard.report", "get_report", [
        this.kind,
        options,
      ]);
      this.props.updateActionState?.(this.state.report.options);
    } finally {
      this.state.isBusy = false;
    }
  }

  change(values) {
    return this.load({...this.report.options, ...values});
  }

  day(name) {
    return deserializeDate(this.report.options[name]);
  }

  onDay(name, day) {
    if (!day) {
      return;
    }
    const text = serializeDate(day);
    const values = {[name]: text};
    const {date_from, date_to} = this.report.options;
    if (name === "date_to" && text < date_from) {
      values.date_from = serializeDate(day.startOf("month"));
    } else if (name === "date_from" && text > date_to) {
      values.date_to = serializeDate(day.endOf("month"));
    }
    this.change(values);
  }

  onCompany({target}) {
    this.change({company_id: Number(target.value)});
  }

  format(column, value) {
    if (value === undefined || value === null || value === false) {
      return "";
    }
    const write = {
      text: () => value,
      date: () => toLocaleDateString(deserializeDate(value.slice(0, 10))),
      percent: () => formatPercentage(value, {digits: [16, 1]}),
      count: () => formatFloat(value, {digits: [16, 0]}),
      money: () => formatFloat(value, {digits: [16, 2]}).replace("-", "−"),
    };
    return write[column.type]();
  }

  isPale(column, value) {
    return column.type !== "text" && !value;
  }

  open(drill) {
    return this.action.doAction({
      type: "ir.actions.act_window",
      name: drill.name,
      res_model: drill.model,
      domain: drill.domain,
      views: [
        [drill.view_id, "list"],
        [false, "form"],
      ],
    });
  }

  download(extension) {
    const query = new URLSearchParams(this.report.options);
    return this.action.doAction({
      type: "ir.actions.act_url",
      url: `/giftcard_salon/report/${this.kind}.${extension}?${query}`,
      target: "download",
    });
  }

  get emptyText() {
    return _t("Nothing in this period.");
  }
}

registry.category("actions").add("giftcard_salon.report", GiftcardReport);
