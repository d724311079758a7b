package dev.sluice.cli.control;

import dev.sluice.cli.BuiltVersion;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.store.StateItemJson;
import dev.sluice.cli.store.VersionJson;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.model.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Answers the questions of other commands from what this process has open. The words are those of [RemoteVersions],
/// [RemoteCredentials] and [RemotePreview].
final class ControlDesk {
    private static final int MOST = 1000;

    private final Holdings holdings;
    private final Preview preview;
    private final KeyDesk keys;
    private final CallDesk calls;

    ControlDesk(Holdings holdings, Preview preview) {
        this.holdings = holdings;
        this.preview = preview;
        this.keys = new KeyDesk(holdings);
        this.calls = new CallDesk(holdings);
    }

    Json.Obj answer(Json.Obj question) {
        return switch (question.text("op", "")) {
            case "ping" -> Json.object().put("version", BuiltVersion.text()).build();
            case "config.head" -> version(holdings.versions().head());
            case "config.version" -> version(holdings.versions().byNumber(number(question, "number")));
            case "config.history" -> history(question);
            case "config.write" -> write(question);
            case "credential.list" -> credentials();
            case "credential.set" -> set(question);
            case "credential.remove" -> remove(question);
            case "credential.takeback" ->
                Json.object()
                        .put(
                                "removed",
                                holdings.credentials().takeBack(text(question, "name"), text(question, "value")))
                        .build();
            case "credential.missing" ->
                Json.object().put("missing", Json.strings(holdings.missing())).build();
            case RemoteLimits.OP -> item(question);
            case "inflight" -> inFlight();
            case "explain" -> explain(question);
            case "served" ->
                Json.object().putIf("url", holdings.url().orElse(null)).build();
            case String operation when KeyDesk.knows(operation) -> keys.answer(question);
            case String operation when CallDesk.knows(operation) -> calls.answer(question);
            default -> throw unknown();
        };
    }

    static CommandFailure unknown() {
        return CommandFailure.failed("the running start is of another version: restart it");
    }

    private static Json.Obj version(Optional<ConfigVersions.Version> version) {
        return Json.object()
                .putIf("version", version.map(VersionJson::encode).orElse(null))
                .build();
    }

    private Json.Obj history(Json.Obj question) {
        int limit = Math.clamp(number(question, "limit"), 0, MOST);
        return Json.object()
                .put(
                        "versions",
                        Json.array(holdings.versions().history(limit).stream()
                                .map(VersionJson::encode)
                                .toList()))
                .build();
    }

    private Json.Obj write(Json.Obj question) {
        ConfigVersions.Write write = holdings.versions()
                .write(number(question, "expected"), text(question, "document"), text(question, "who"), when(question));
        return switch (write) {
            case ConfigVersions.Write.Written(ConfigVersions.Version version) -> version(Optional.of(version));
            case ConfigVersions.Write.Conflict(long head) ->
                Json.object().put("conflict", head).build();
        };
    }

    private Json.Obj credentials() {
        return Json.object()
                .put(
                        "credentials",
                        Json.array(holdings.credentials().list().stream()
                                .map(ControlDesk::entry)
                                .toList()))
                .build();
    }

    private static Json.Obj entry(CredentialStore.Entry entry) {
        return Json.object()
                .put("name", entry.name())
                .put("setAt", String.valueOf(entry.setAt()))
                .build();
    }

    private Json.Obj set(Json.Obj question) {
        String name = text(question, "name");
        String value = text(question, "value");
        Optional<String> problem = CredentialRules.problemOfName(name).or(() -> CredentialRules.problemOfSecret(value));
        if (problem.isPresent()) {
            throw CommandFailure.failed(problem.get());
        }
        boolean replaced = holdings.credentials().set(name, value, when(question));
        return Json.object().put("replaced", replaced).build();
    }

    private Json.Obj remove(Json.Obj question) {
        boolean removed = holdings.credentials().remove(text(question, "name"));
        return Json.object().put("removed", removed).build();
    }

    private Json.Obj item(Json.Obj question) {
        return switch (holdings.limits().read(text(question, "name"))) {
            case Reply.Done(StateItem item) -> item(item);
            case Reply.Refused(StateItem item) -> item(item);
            case Reply.Silent(boolean _) -> Json.Obj.EMPTY;
        };
    }

    private static Json.Obj item(StateItem item) {
        return Json.object().put(RemoteLimits.ITEM, StateItemJson.format(item)).build();
    }

    private Json.Obj inFlight() {
        return holdings.inFlight()
                .map(calls ->
                        Json.object().put("calls", FlightJson.encode(calls)).build())
                .orElse(Json.Obj.EMPTY);
    }

    private Json.Obj explain(Json.Obj question) {
        Preview.Told told = preview.of(
                new Preview.Question(text(question, "model"), question.text("dialect"), question.text("request")));
        return Json.object()
                .put("status", told.status())
                .put("document", told.document())
                .build();
    }

    static String text(Json.Obj question, String name) {
        String value = question.text(name);
        if (value == null) {
            throw CommandFailure.failed("the question lacks " + name);
        }
        return value;
    }

    private static long number(Json.Obj question, String name) {
        Long value = question.whole(name);
        if (value == null) {
            throw CommandFailure.failed("the question lacks " + name);
        }
        return value;
    }

    private static Instant when(Json.Obj question) {
        try {
            return Instant.parse(text(question, "when"));
        } catch (DateTimeParseException noTime) {
            throw CommandFailure.failed("the question has no time");
        }
    }
}
