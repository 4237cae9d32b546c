// One file for the runner, because each test file loads the CDK anew, which takes seconds.
import "./alarms.ts";
import "./conference.ts";
import "./environment.ts";
import "./events.ts";
import "./findings.ts";
import "./http-routes.ts";
import "./identity.ts";
import "./mail.ts";
import "./roles.ts";
import "./socket-routes.ts";
import "./stages.ts";
import "./table-access.ts";
