package dev.sluice.cli.doctor;

import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.preview.HttpPreview;
import dev.sluice.cli.preview.Preview;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.model.Json;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Which targets are not used now, and until when: as the gateway that serves says it.
final class Standby {
    private static final int MOST = 60;
    private static final Set<String> OF_SECRET = Set.of("AUTH_FAILED", "auth_failed", "forbidden", "FORBIDDEN");

    private final Premises premises;

    Standby(Premises premises) {
        this.premises = premises;
    }

    void look(Notes notes) {
        Optional<Preview> preview = preview();
        if (preview.isEmpty()) {
            notes.note(
                    "cooldowns",
                    "what is cooling down now is known to the gateway that serves"
                            + (premises.stack().isPresent()
                                    ? ", which says it to the master key (SLUICE_MASTER_KEY)"
                                    : ", and none runs"));
            return;
        }
        Set<String> told = new HashSet<>();
        for (String ref : refs(premises.snapshot())) {
            Json.Obj document =
                    preview.get().of(new Preview.Question(ref, null, null)).document();
            for (Json item : document.items("candidates")) {
                if (item instanceof Json.Obj candidate && told.add(candidate.text("ref", ""))) {
                    candidate(candidate, notes);
                }
            }
        }
    }

    private Optional<Preview> preview() {
        if (premises.stack().isEmpty()) {
            return Holdings.preview(premises.folder());
        }
        Optional<String> key = premises.given().key();
        return key.isEmpty() ? Optional.empty() : premises.url().map(url -> new HttpPreview(url, key));
    }

    private static Set<String> refs(ConfigSnapshot snapshot) {
        Set<String> refs = new LinkedHashSet<>(snapshot.aliases().keySet());
        for (ProviderConfig provider : snapshot.providers()) {
            if (provider.enabled()) {
                provider.models().stream()
                        .filter(ModelConfig::enabled)
                        .forEach(model -> refs.add(provider.id() + "/" + model.id()));
            }
        }
        Set<String> first = new LinkedHashSet<>();
        refs.stream().filter(ref -> ref.indexOf('*') < 0).limit(MOST).forEach(first::add);
        return first;
    }

    private void candidate(Json.Obj candidate, Notes notes) {
        String ref = candidate.text("ref", "");
        Json.Obj recovery = candidate.object("recovery");
        if (recovery != null && !candidate.isTrue("usable")) {
            cooling(ref, recovery, notes);
        }
        for (Json item : candidate.items("buckets")) {
            Json.Obj bucket = item instanceof Json.Obj object ? object : Json.Obj.EMPTY;
            Long used = bucket.whole("used");
            Long most = bucket.whole("most");
            if (used != null && most != null && used >= most) {
                notes.say(
                        Ailment.LIMIT_FULL,
                        ref + " is not used until " + bucket.text("resets", "") + ": its limit " + bucket.text("id", "")
                                + " is full (" + used + " of " + most + " " + bucket.text("unit", "") + ")",
                        "ref",
                        ref,
                        "until",
                        bucket.text("resets", ""));
            }
        }
    }

    private void cooling(String ref, Json.Obj recovery, Notes notes) {
        String category = recovery.text("category", "");
        String at = recovery.text("at", "");
        String sentence = ref + " is not used until " + at + ": " + category
                + (recovery.isTrue("named") ? ", as its provider has said" : "");
        int slash = ref.indexOf('/');
        Optional<CredentialRef> credential = premises.snapshot()
                .provider(slash < 0 ? ref : ref.substring(0, slash))
                .flatMap(provider -> Optional.ofNullable(provider.credential()));
        if (OF_SECRET.contains(category) && credential.orElse(null) instanceof CredentialRef.Stored(String name)) {
            notes.say(Ailment.COOLING_FOR_SECRET, sentence, "name", name, "ref", ref, "until", at);
        } else {
            notes.say(Ailment.COOLING_DOWN, sentence, "ref", ref, "until", at, "category", category);
        }
    }
}
