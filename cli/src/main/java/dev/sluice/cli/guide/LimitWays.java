package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.guide.Way.Wanted;
import dev.sluice.cli.provider.LimitWindow;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What can be done to a limit that is there, each as a command does it.
record LimitWays(String provider, String id, Json.Obj limit) {
    private static final List<String> CAPS = List.of("requests", "tokens", "usd");

    List<Way> all() {
        List<Way> ways = new ArrayList<>();
        CAPS.stream().filter(limit::has).forEach(cap -> ways.add(amount(cap)));
        ways.add(window());
        ways.add(Way.atOnce(
                "Remove it",
                "",
                Proposal.of(
                        "guide: limit remove " + provider + " " + id,
                        copy -> copy.withProvider(
                                NewLimit.without(copy.provider(provider), found(copy.provider(provider)))),
                        List.of("limit", "remove", provider, id))));
        return ways;
    }

    private String found(Json.Obj known) {
        return NewLimit.find(known, id).text("id", "");
    }

    /// What it holds back, in a few words.
    static String said(Json.Obj limit) {
        List<String> caps = new ArrayList<>();
        for (String cap : CAPS) {
            if (limit.has(cap)) {
                caps.add(most(limit, cap) + " " + (cap.equals("usd") ? "US dollars" : cap));
            }
        }
        return String.join(", ", caps);
    }

    private static String most(Json.Obj limit, String cap) {
        Long whole = limit.whole(cap);
        return whole == null ? limit.text(cap, "?") : whole.toString();
    }

    private Way amount(String cap) {
        String now = most(limit, cap);
        return new Way(
                cap.equals("usd") ? "Another number of US dollars" : "Another number of " + cap,
                now,
                new Wanted(cap.equals("usd") ? "US dollars, such as 25 or 12.50." : "A whole number.", cap, now),
                typed -> edited(before -> before.with(cap, LimitDraft.amount(cap, typed)), "--" + cap, typed));
    }

    private Way window() {
        return new Way(
                "Another window",
                "it keeps its id",
                new Wanted("A number and a unit, such as 1w, 7day, 12h or month:1.", "Window", ""),
                typed -> edited(before -> before.with("window", parsed(typed).json()), "--window", typed));
    }

    private static LimitWindow parsed(String typed) {
        return LimitWindow.parse(typed).orElseThrow(() -> CommandFailure.usage("write " + LimitWindow.FORM));
    }

    private Proposal edited(UnaryOperator<Json.Obj> change, String... options) {
        List<String> command = new ArrayList<>(List.of("limit", "edit", provider, id));
        command.addAll(List.of(options));
        return Proposal.of(
                "guide: limit edit " + provider + " " + id,
                copy -> copy.withProvider(NewLimit.edited(
                        copy.provider(provider), change.apply(NewLimit.find(copy.provider(provider), id)))),
                command);
    }
}
