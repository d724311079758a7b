package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Way.Wanted;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What can be done to a model that is named, each as a command does it.
record ModelWays(String provider, String id, Json.Obj model, String defaultModel) {
    static ModelWays of(WorkingCopy copy, String provider, String id) {
        Json.Obj model = ProviderModels.find(copy.provider(provider), id).orElse(Json.Obj.EMPTY);
        return new ModelWays(provider, id, model, copy.document().text("defaultModel", ""));
    }

    private String ref() {
        return provider + "/" + id;
    }

    List<Way> all() {
        List<Way> ways = new ArrayList<>();
        if (!defaultModel.equals(ref())) {
            ways.add(Way.atOnce(
                    "Make it the default model",
                    defaultModel.isEmpty() ? "" : "now " + defaultModel,
                    Proposal.of(
                            "guide: model default",
                            copy -> copy.with("defaultModel", Json.of(ref())),
                            List.of("model", "default", ref()))));
        }
        ways.add(enabled());
        ways.add(number("Its context window", "contextWindow", "--context"));
        ways.add(number("The most it writes", "maxOutputTokens", "--max-output"));
        ways.add(price("input"));
        ways.add(price("output"));
        ways.add(Way.atOnce(
                "Remove it",
                "it is no more in tools' lists",
                Proposal.removal(
                        "guide: model remove " + ref(),
                        copy -> copy.withProvider(ProviderModels.without(copy.provider(provider), id)),
                        List.of("model", "remove", ref(), "--cascade"))));
        return ways;
    }

    private Way enabled() {
        boolean isEnabled = !Json.FALSE.equals(model.field("enabled"));
        return Way.atOnce(
                isEnabled ? "Route nothing to it" : "Route to it again",
                isEnabled ? "it is kept as it is" : "",
                edited(before -> WorkingCopy.enabled(before, !isEnabled), isEnabled ? "--disable" : "--enable"));
    }

    private Way number(String label, String field, String option) {
        Long now = model.whole(field);
        String known = now == null ? "" : now.toString();
        return new Way(
                label,
                known.isEmpty() ? "not known" : known + " tokens",
                new Wanted("In tokens.", "Tokens", known),
                typed -> edited(before -> before.with(field, Typed.whole(typed)), option, typed));
    }

    private Way price(String kind) {
        Json.Obj prices = model.object("price");
        String now = prices == null ? "" : prices.text(kind, "");
        return new Way(
                "Its price, " + kind,
                now.isEmpty() ? "not known" : "$" + now,
                new Wanted("US dollars for a million tokens, such as 3 or 0.25.", "Dollars", now),
                typed -> edited(
                        before -> {
                            Json.Obj known = before.object("price");
                            return before.with(
                                    "price", (known == null ? Json.Obj.EMPTY : known).with(kind, Json.of(typed)));
                        },
                        "--price",
                        kind + "=" + typed));
    }

    private Proposal edited(UnaryOperator<Json.Obj> change, String... options) {
        List<String> command = new ArrayList<>(List.of("model", "edit", ref()));
        command.addAll(List.of(options));
        return Proposal.of("guide: model edit " + ref(), copy -> edited(copy, change), command);
    }

    private WorkingCopy edited(WorkingCopy copy, UnaryOperator<Json.Obj> change) {
        Json.Obj known = copy.provider(provider);
        Json.Obj before = ProviderModels.find(known, id)
                .orElseThrow(() -> WorkingCopy.unknown(
                        "model of " + provider + " called", id, ProviderModels.ids(known), "sluice model list"));
        return copy.withProvider(ProviderModels.with(known, change.apply(before)));
    }
}
