package dev.sluice.cli.guide;

import dev.sluice.cli.provider.LimitWindow;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.model.Json;
import java.util.List;

/// A limit as far as it has been told.
///
/// @param window as it is typed; empty: no limit
/// @param cap `requests`, `tokens` or `usd`
/// @param most how many of those
record LimitDraft(String window, String cap, String most) {
    static final LimitDraft NONE = new LimitDraft("", "", "");

    boolean isNone() {
        return window.isEmpty();
    }

    LimitDraft capped(String what) {
        return new LimitDraft(window, what, "");
    }

    LimitDraft at(String number) {
        return new LimitDraft(window, cap, number);
    }

    /// As in a configuration; an amount that is no number is for its reader to refuse.
    Json.Obj json() {
        LimitWindow parsed = LimitWindow.parse(window).orElseThrow();
        return NewLimit.bare(parsed.id()).with(cap, amount(cap, most)).with("window", parsed.json());
    }

    static Json amount(String cap, String most) {
        return cap.equals("usd") ? Json.of(most) : Typed.whole(most);
    }

    String id() {
        return LimitWindow.parse(window).orElseThrow().id();
    }

    List<String> command(String provider) {
        return List.of("limit", "add", provider, "--window", window, "--" + cap, most);
    }
}
