// Does the standard input keep to the grammar of Power Query? Says what does not.
const { DefaultSettings, TaskUtils } = require("@microsoft/powerquery-parser");
const { readFileSync } = require("node:fs");

TaskUtils.tryLexParse(DefaultSettings, readFileSync(0, "utf8")).then((result) => {
  console.log(result.error ? result.error.message : "fine");
});
