const js = require("@eslint/js");
const globals = require("globals");

// the linters are installed outside the checkout: NODE_PATH leads there
module.exports = [
    js.configs.recommended,
    {
        files: ["**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly", luxon: "readonly", owl: "readonly", posmodel: "readonly"},
        },
        rules: {
            "no-var": "error",
            "prefer-const": "error",
            eqeqeq: "error",
            complexity: ["error", 10],
            "max-lines": ["error", {max: 250, skipBlankLines: true, skipComments: true}],
        },
    },
];
