# Short targets; what they do is in scripts/. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo demo-stop test lint readme bench stress cases clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## fetch and build what the others need (they do it by themselves)
	@bash scripts/setup.sh test

demo: ## a running demo chain with a year behind it; PORT=8070, FRESH=1 (start over), DETACH=1 (background)
	@bash scripts/demo.sh start

demo-stop: ## stop a demo started with DETACH=1
	@bash scripts/demo.sh stop

test: ## every test; T=path or T=expression for some of the add-on's
	@bash scripts/test.sh

lint: ## every linter; FIX=1 repairs formatting
	@bash scripts/lint.sh

readme: ## the add-on's own pages, out of giftcard_salon/readme/*.md
	@bash scripts/readme.sh

bench: ## measure speed and locking, each figure with its bar; ARGS=--quick, ARGS=--help
	@bash scripts/run.sh bench

stress: ## many tills at once, then many random lives; ARGS=--help for its options
	@bash scripts/run.sh stress

cases: ## replay a file of accounting cases: FILE=path.json, ONLY=C01,C02 for some of them
	@bash scripts/run.sh cases

clean: ## remove this checkout's databases; ALL=1 deletes the cache too
	@bash scripts/clean.sh

# For all of them: ODOO_DIR=~/src/odoo uses your own checkout of Odoo 19,
# GIFTCARD_CACHE=… another cache, PG_PORT=… another name for the socket.
