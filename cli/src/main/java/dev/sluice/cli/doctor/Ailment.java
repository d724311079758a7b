package dev.sluice.cli.doctor;

import static dev.sluice.cli.doctor.Area.CLOCK;
import static dev.sluice.cli.doctor.Area.CONFIGURATION;
import static dev.sluice.cli.doctor.Area.CREDENTIALS;
import static dev.sluice.cli.doctor.Area.GATEWAY;
import static dev.sluice.cli.doctor.Area.MACHINE;
import static dev.sluice.cli.doctor.Area.MASTER_KEY;
import static dev.sluice.cli.doctor.Area.PROVIDERS;
import static dev.sluice.cli.doctor.Area.STACK;
import static dev.sluice.cli.doctor.Area.TABLE;
import static dev.sluice.cli.doctor.Area.TOOLS;
import static dev.sluice.cli.doctor.Severity.ERROR;
import static dev.sluice.cli.doctor.Severity.NOTE;
import static dev.sluice.cli.doctor.Severity.WARNING;

import java.util.Locale;

/// Everything that can be found wrong, each with what mends it. `docs/doctor.md` is written from this list.
///
/// `{name}` in a mend stands for what was found.
public enum Ailment {
    DATA_FOLDER_NOT_USABLE(
            MACHINE, ERROR, "the data folder is no folder, or may not be written", Mend.command("chmod u+rwx {path}")),
    DATA_FOLDER_OPEN(
            MACHINE, WARNING, "others on this machine may look into the data folder", Mend.command("chmod 700 {path}")),
    SECRET_FILE_OPEN(
            MACHINE, ERROR, "a file that holds secrets may be read by others", Mend.command("chmod 600 {path}")),
    SECRET_KEY_BROKEN(
            MACHINE,
            ERROR,
            "secret.key is not whole",
            Mend.words("put back a copy of {path}; without one, delete it and set every credential and key anew")),
    SPACE_SCARCE(
            MACHINE,
            WARNING,
            "less than 100 MB are free where the data folder is",
            Mend.words("make room on the disk of {path}, or move the folder and name it with --data")),
    CONTROL_LEFT_OVER(
            MACHINE,
            NOTE,
            "control.json is of a start that has ended without taking it away",
            Mend.command("sluice start")),
    START_SILENT(
            MACHINE,
            ERROR,
            "the process that control.json names does not answer",
            Mend.words(
                    "look at process {pid}: if it is Sluice, end it (kill {pid}) and run sluice start again; if it is"
                            + " not, delete {path}")),
    START_OF_OTHER_VERSION(
            MACHINE,
            WARNING,
            "the running start is of another version than this command",
            Mend.words(
                    "end process {pid} (kill {pid}: it lets its streams finish), then run sluice start again as before")),
    NOTHING_RUNS(MACHINE, NOTE, "no start runs on this data folder", Mend.command("sluice start")),
    PORT_TAKEN(
            MACHINE,
            WARNING,
            "no start runs, and something else has its usual port",
            Mend.command("sluice start --port {port}")),
    CLOCK_OFF(
            CLOCK,
            WARNING,
            "the clock is more than 60 seconds off",
            Mend.words("set this machine's clock by the network (on Linux: timedatectl set-ntp true)")),
    CLOCK_REFUSED(
            CLOCK,
            ERROR,
            "the clock is more than 5 minutes off, and requests to AWS or Google are signed: they refuse them",
            Mend.words("set this machine's clock by the network (on Linux: timedatectl set-ntp true)")),
    NOTHING_CONFIGURED(
            CONFIGURATION,
            NOTE,
            "nothing is configured: every model name reaches the demo model",
            Mend.command("sluice provider presets")),
    CONFIGURATION_REFUSED(
            CONFIGURATION,
            ERROR,
            "the stored configuration cannot be used by this version, and an earlier one can",
            Mend.command("sluice config rollback {version}")),
    CONFIGURATION_BROKEN(
            CONFIGURATION,
            ERROR,
            "the stored configuration cannot be used, nor any before it",
            Mend.command("sluice config apply {file}")),
    ALIAS_LEADS_NOWHERE(
            CONFIGURATION,
            ERROR,
            "all targets of an alias are disabled",
            Mend.command("sluice alias edit {alias} --target {ref}")),
    ALIAS_TARGET_DISABLED(
            CONFIGURATION,
            NOTE,
            "a target of an alias is disabled, and others serve",
            Mend.command("sluice alias edit {alias} --remove-target {ref}")),
    DEFAULT_LEADS_NOWHERE(
            CONFIGURATION, ERROR, "the default model is disabled", Mend.command("sluice model default {ref}")),
    NO_DEFAULT_MODEL(
            CONFIGURATION,
            NOTE,
            "a request that names no model, smart or auto is refused",
            Mend.command("sluice model default {ref}")),
    FALLBACK_LEADS_NOWHERE(
            CONFIGURATION,
            WARNING,
            "a fallback of a model is disabled",
            Mend.command("sluice model edit {model} --clear fallbackModels")),
    CONTEXT_UNKNOWN(
            CONFIGURATION,
            NOTE,
            "the context window of a model is not known",
            Mend.command("sluice model edit {model} --context {tokens}")),
    CONTEXT_UNKNOWN_TO_TOOL(
            CONFIGURATION,
            NOTE,
            "the context window of a model that a tool is set up for is not known",
            Mend.command("sluice model edit {model} --context {tokens}")),
    PRICE_UNKNOWN(
            CONFIGURATION,
            WARNING,
            "a limit counts US dollars, and a model under it has no price",
            Mend.command("sluice model edit {model} --price input={usd} --price output={usd}")),
    PROVIDER_DISABLED(
            CONFIGURATION, NOTE, "a provider is disabled", Mend.command("sluice provider edit {provider} --enable")),
    CREDENTIAL_MISSING(
            CREDENTIALS, ERROR, "an enabled provider has no secret", Mend.command("sluice credential set {name}")),
    CREDENTIAL_DAMAGED(
            CREDENTIALS,
            ERROR,
            "a secret that has to be a service account's key file is none, or a damaged one",
            Mend.words(
                    "download a key of the service account and set it: sluice credential set NAME --from-file FILE; a"
                            + " variable holds all of the file")),
    CREDENTIAL_UNREADABLE(
            CREDENTIALS,
            ERROR,
            "a secret was encrypted with another secret.key",
            Mend.command("sluice credential set {name}")),
    CREDENTIAL_UNUSED(
            CREDENTIALS,
            NOTE,
            "a secret is kept that no provider uses",
            Mend.command("sluice credential remove {name}")),
    VARIABLE_MISSING(
            CREDENTIALS,
            ERROR,
            "the running start has no such environment variable",
            Mend.words("set {variable} where sluice start runs, and start it again; or keep the secret with sluice"
                    + " credential set NAME and name it with sluice provider edit {provider} --credential NAME")),
    VARIABLE_NOT_HERE(
            CREDENTIALS,
            WARNING,
            "no start runs, and this shell has no such environment variable for one",
            Mend.words(
                    "export {variable} before sluice start; or keep the secret with sluice credential set NAME and name"
                            + " it with sluice provider edit {provider} --credential NAME")),
    VARIABLE_NOT_DEPLOYED(
            CREDENTIALS,
            ERROR,
            "a deployed function has no environment variables of its owner's",
            Mend.command("sluice provider edit {provider} --credential {name}")),
    PROVIDER_NOT_REACHED(
            PROVIDERS,
            ERROR,
            "an endpoint does not answer",
            Mend.command("sluice provider edit {provider} --url {dialect}={url}")),
    PROVIDER_PRIVATE(
            PROVIDERS,
            ERROR,
            "an endpoint is on a private network, which the provider is not allowed",
            Mend.command("sluice provider edit {provider} --allow-private-network")),
    SECRET_REFUSED(
            PROVIDERS, ERROR, "a provider does not accept its secret", Mend.command("sluice credential set {name}")),
    ACCESS_REFUSED(
            PROVIDERS,
            ERROR,
            "a provider refuses access, and its secret is not kept here",
            Mend.command("sluice provider test {provider}")),
    PROVIDER_FAILING(
            PROVIDERS,
            WARNING,
            "an endpoint answers with an error of its own",
            Mend.command("sluice provider test {provider}")),
    MODEL_NOT_LISTED(
            PROVIDERS,
            NOTE,
            "a configured model is not in its provider's list",
            Mend.command("sluice provider discover {provider}")),
    TRIAL_FAILED(
            PROVIDERS, ERROR, "a trial of a provider failed (--live)", Mend.command("sluice provider test {provider}")),
    COOLING_DOWN(
            PROVIDERS,
            WARNING,
            "a target is not used for a while, since it failed",
            Mend.command("sluice explain {ref}")),
    COOLING_FOR_SECRET(
            PROVIDERS,
            WARNING,
            "a target is not used for a while, since its secret was refused",
            Mend.command("sluice credential set {name}")),
    LIMIT_FULL(
            PROVIDERS, WARNING, "a target is not used, since a limit of it is full", Mend.command("sluice limit list")),
    TABLE_ABSENT(TABLE, ERROR, "there is no such table", Mend.command("sluice deploy")),
    TABLE_NOT_USABLE(
            TABLE,
            ERROR,
            "a table of that name is not one that this version can use",
            Mend.words("name another with --table, or use the version of Sluice that made it")),
    TABLE_SILENT(
            TABLE,
            ERROR,
            "the table does not answer",
            Mend.words("see that the network, AWS_REGION and the AWS credentials of this shell are right (aws sts"
                    + " get-caller-identity shows whose they are)")),
    TABLE_KEEPS_ALL(
            TABLE,
            WARNING,
            "items that have expired are not deleted: time to live is off",
            Mend.command("aws dynamodb update-time-to-live --table-name {table} --time-to-live-specification"
                    + " Enabled=true,AttributeName=ttl")),
    STACK_NOT_WHOLE(STACK, ERROR, "the stack is not whole, or is not there", Mend.command("sluice deploy")),
    STACK_OF_OTHER_VERSION(
            STACK, WARNING, "the stack is of another version than this command", Mend.command("sluice deploy")),
    FUNCTION_NOT_READY(STACK, ERROR, "the function or its snapshot is not ready", Mend.command("sluice deploy")),
    ROTATION_NOT_DONE(
            STACK,
            ERROR,
            "the rotation of the master key is not set up or has not ended",
            Mend.command("sluice worker-key rotate")),
    STACK_SILENT(STACK, ERROR, "the deployed gateway is not healthy", Mend.command("sluice status --smoke")),
    STACK_ERRORS(STACK, WARNING, "the function has logged errors in the last 24 hours", Mend.command("sluice status")),
    KEY_NOT_MADE(
            MASTER_KEY, NOTE, "there is no master key yet: the first start makes it", Mend.command("sluice start")),
    KEY_NOT_HELD(
            MASTER_KEY,
            ERROR,
            "the deployed stack has no master key that holds, or knows another one",
            Mend.command("sluice worker-key rotate")),
    KEY_OLD(MASTER_KEY, NOTE, "the master key is older than 180 days", Mend.command("sluice worker-key rotate")),
    PREVIOUS_KEY_VALID(
            MASTER_KEY,
            NOTE,
            "the key before the current one is still valid",
            Mend.command("sluice worker-key revoke-previous")),
    ROTATION_OVERDUE(MASTER_KEY, ERROR, "the next rotation is overdue", Mend.command("sluice worker-key rotate")),
    GATEWAY_SILENT(GATEWAY, ERROR, "no gateway answers at the address", Mend.command("sluice start")),
    DEPLOYED_GATEWAY_SILENT(GATEWAY, ERROR, "the deployed gateway does not answer", Mend.command("sluice status")),
    NO_GATEWAY_THERE(
            GATEWAY,
            ERROR,
            "something else answers at the address",
            Mend.words(
                    "give the gateway's own address with --url or SLUICE_URL: sluice start and sluice status print it")),
    GATEWAY_OPEN(
            GATEWAY,
            NOTE,
            "the gateway on this machine takes calls without a key (--no-auth)",
            Mend.command("sluice start")),
    GATEWAY_OPEN_TO_ALL(
            GATEWAY,
            ERROR,
            "a gateway that is not on this machine takes calls without a key",
            Mend.words("stop it, find out what lets strangers in, and rotate the key: sluice worker-key rotate --now")),
    CALLER_OUTSIDE(
            GATEWAY,
            WARNING,
            "the gateway answers nobody at this address",
            Mend.words(
                    "add this machine's address to access.allowedIps: sluice config show, edit, sluice config apply FILE")),
    KEY_REFUSED(
            GATEWAY,
            ERROR,
            "the gateway does not take the key that was given",
            Mend.words("put the gateway's own key into {source}; if it is lost, sluice worker-key rotate makes another"
                    + " and shows it once")),
    KEY_NOT_GIVEN(
            GATEWAY,
            NOTE,
            "no key is given, so no call was made with one",
            Mend.words("set SLUICE_MASTER_KEY to the gateway's key, and run sluice doctor again")),
    CALL_FAILED(GATEWAY, ERROR, "a call with the key fails", Mend.command("sluice explain {ref}")),
    NO_TOOL(TOOLS, NOTE, "no coding tool is set up", Mend.command("sluice tool list")),
    TOOL_CUT_SHORT(TOOLS, ERROR, "the setup of a tool was cut short", Mend.command("sluice tool setup {tool}{scope}")),
    TOOL_FILES_GONE(
            TOOLS,
            WARNING,
            "files of a tool are missing, or are as they were before the setup",
            Mend.command("sluice tool setup {tool}{scope}")),
    TOOL_EDITED_AWAY(
            TOOLS,
            ERROR,
            "a tool's file was edited and no longer names the gateway",
            Mend.command("sluice tool setup {tool}{scope}")),
    TOOL_ELSEWHERE(
            TOOLS,
            WARNING,
            "a tool is set up for an address where no gateway answers, and one answers elsewhere",
            Mend.command("sluice tool setup {tool}{scope}")),
    TOOL_KEY_LOST(
            TOOLS,
            ERROR,
            "the key that a tool was given is not kept any more",
            Mend.command("sluice tool setup {tool}{scope}")),
    TOOL_KEY_REFUSED(
            TOOLS,
            ERROR,
            "the gateway does not take the key that a tool was given",
            Mend.command("sluice tool setup {tool}{scope}")),
    TOOL_GATEWAY_SILENT(TOOLS, ERROR, "no gateway answers where a tool was set up for", Mend.command("sluice start")),
    TOOL_REFUSED(
            TOOLS,
            ERROR,
            "the gateway refuses the request that a tool would send",
            Mend.command("sluice explain {ref}")),
    TOOL_OUTVOTED(
            TOOLS,
            WARNING,
            "a variable of this shell wins over what was written for a tool",
            Mend.command("unset {variable}")),
    NOT_LOOKED_AT(
            MACHINE, ERROR, "an area could not be looked at", Mend.command("sluice doctor --only {area} --debug")),
    NOT_IN_TIME(
            MACHINE,
            WARNING,
            "looking at an area took longer than --timeout",
            Mend.command("sluice doctor --only {area} --timeout {seconds}"));

    private final Area area;
    private final Severity severity;
    private final String meaning;
    private final String mend;
    private final boolean isCommand;

    Ailment(Area area, Severity severity, String meaning, Mend mend) {
        this.area = area;
        this.severity = severity;
        this.meaning = meaning;
        this.mend = mend.text();
        this.isCommand = mend instanceof Mend.Command;
    }

    /// Where it is found; what keeps an area from being looked at is found in any.
    public Area area() {
        return area;
    }

    public Severity severity() {
        return severity;
    }

    /// What is wrong then.
    public String meaning() {
        return meaning;
    }

    /// What mends it, with `{name}` for what was found.
    public Mend mend() {
        return isCommand ? Mend.command(mend) : Mend.words(mend);
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
