package dev.sluice.cli.provider;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.List;

/// All that a trial of a provider has shown, and what of it the configuration could say.
///
/// @param absent dialects that are configured and not spoken there
public record TrialReport(List<Finding> findings, List<Learnt> learnt, List<Dialect> absent) {
    public TrialReport {
        findings = List.copyOf(findings);
        learnt = List.copyOf(learnt);
        absent = List.copyOf(absent);
    }

    /// A capability of a model that the configuration does not say yet.
    public record Learnt(String model, String capability, Json value) {}

    public boolean isGood() {
        return findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAILED);
    }

    /// Whether there is anything to write.
    public boolean hasLearnt() {
        return !learnt.isEmpty() || !absent.isEmpty();
    }

    /// The provider with what was learnt; never without its last endpoint.
    public Json.Obj applied(Json.Obj provider) {
        Json.Obj changed = provider;
        for (Learnt one : learnt) {
            changed = with(changed, one);
        }
        Json.Obj endpoints = changed.object("endpoints");
        Json.Obj left = endpoints == null
                ? Json.Obj.EMPTY
                : endpoints.without(absent.stream().map(Dialect::id).toArray(String[]::new));
        return left.isEmpty() ? changed : changed.with("endpoints", left);
    }

    /// The provider with that capability of that model, which it may not have named so far.
    static Json.Obj with(Json.Obj provider, Learnt learnt) {
        Json.Obj bare = Json.object().put("id", learnt.model()).build();
        Json.Obj model = ProviderModels.find(provider, learnt.model()).orElse(bare);
        Json.Obj known = model.object("capabilities");
        Json.Obj capabilities = (known == null ? Json.Obj.EMPTY : known).with(learnt.capability(), learnt.value());
        return ProviderModels.with(provider, model.with("capabilities", capabilities));
    }
}
