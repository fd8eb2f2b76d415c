// What script adds to pages that already work without it. One small module, started once.
import { focusErrors } from "./errors.js";
import { checkFileSizes, nameChosenFiles } from "./files.js";
import { listChosenFiles } from "./chosen.js";
import { sendFilesEach } from "./uploads.js";
import { countCharacters } from "./count.js";
import { confirmActs } from "./confirm.js";
import { pickDates } from "./picker.js";
import { sendLargeFiles } from "./parts.js";
import { suggestWhileTyping } from "./suggest.js";

document.documentElement.classList.add("yw-script");
focusErrors(document);
checkFileSizes(document);
nameChosenFiles(document);
listChosenFiles(document);
sendFilesEach(document);
countCharacters(document);
confirmActs(document);
sendLargeFiles(document);
pickDates(document);
suggestWhileTyping(document);
