package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Way.Wanted;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What can be done to a provider that is there, each as a command does it.
record ProviderWays(String id, Json.Obj provider) {
    List<Way> all() {
        List<Way> ways = new ArrayList<>(List.of(enabled()));
        Json.Obj endpoints = provider.object("endpoints");
        if (endpoints != null) {
            endpoints.fields().keySet().forEach(dialect -> ways.add(address(dialect, endpoints)));
        }
        ways.add(credential());
        ways.add(priority());
        ways.add(Way.atOnce(
                "Remove it",
                "with its models and limits",
                Proposal.removal(
                        "guide: provider remove " + id,
                        copy -> copy.withoutProvider(copy.provider(id).text("id", "")),
                        List.of("provider", "remove", id, "--cascade"))));
        return ways;
    }

    private Way enabled() {
        boolean isEnabled = !Json.FALSE.equals(provider.field("enabled"));
        return Way.atOnce(
                isEnabled ? "Route nothing to it" : "Route to it again",
                isEnabled ? "it is kept as it is" : "",
                edited(before -> WorkingCopy.enabled(before, !isEnabled), isEnabled ? "--disable" : "--enable"));
    }

    private Way address(String dialect, Json.Obj endpoints) {
        String now = endpoints.text(dialect, "");
        return new Way(
                "Another base URL for " + dialect,
                now,
                new Wanted("Where " + dialect + " is spoken.", "Base URL", now),
                url -> edited(
                        before -> {
                            Json.Obj known = before.object("endpoints");
                            return before.with(
                                    "endpoints", (known == null ? Json.Obj.EMPTY : known).with(dialect, Json.of(url)));
                        },
                        "--url",
                        dialect + "=" + url));
    }

    private Way credential() {
        String now = provider.text("credential", "");
        return new Way(
                "Another credential",
                now,
                new Wanted(
                        "The name of its secret in the credential store; the page Credentials keeps secrets.",
                        "Credential",
                        now),
                name -> edited(before -> before.with("credential", Json.of(name)), "--credential", name));
    }

    private Way priority() {
        Long now = provider.whole("priority");
        return new Way(
                "Its priority",
                now == null ? "1" : now.toString(),
                new Wanted("Lower comes first where a model is asked for by its bare id.", "Priority", ""),
                number -> edited(before -> before.with("priority", Typed.whole(number)), "--priority", number));
    }

    private Proposal edited(UnaryOperator<Json.Obj> change, String... options) {
        List<String> command = new ArrayList<>(List.of("provider", "edit", id));
        command.addAll(List.of(options));
        return Proposal.of(
                "guide: provider edit " + id, copy -> copy.withProvider(change.apply(copy.provider(id))), command);
    }
}
