package dev.sluice.cli.doctor;

import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.core.config.AuthScheme;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.config.ProviderConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The providers' secrets by name.
final class CredentialCheck implements AreaCheck {
    private final Premises premises;

    CredentialCheck(Premises premises) {
        this.premises = premises;
    }

    @Override
    public Area area() {
        return Area.CREDENTIALS;
    }

    @Override
    public void look(Notes notes) {
        ConfigSnapshot snapshot = premises.snapshot();
        Set<String> kept = premises.credentials().stream()
                .map(CredentialStore.Entry::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> locked = premises.secrets().map(LiveCredentials::unreadable).orElse(Set.of());
        Set<String> used = new TreeSet<>();
        for (ProviderConfig provider : snapshot.providers()) {
            switch (provider.credential()) {
                case CredentialRef.Stored(String name) -> {
                    used.add(name);
                    stored(provider, name, kept, notes);
                }
                case CredentialRef.Environment(String variable) -> variable(provider, variable, notes);
                case null -> {}
            }
            keyFile(provider, notes);
        }
        for (String name : locked) {
            notes.say(
                    Ailment.CREDENTIAL_UNREADABLE,
                    "the credential " + name + " was encrypted with another secret.key: set it anew",
                    "name",
                    name);
        }
        kept.stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> notes.say(
                        Ailment.CREDENTIAL_UNUSED, "the credential " + name + " is used by no provider", "name", name));
        long good = used.stream()
                .filter(name -> kept.contains(name) && !locked.contains(name))
                .count();
        if (good > 0 || used.isEmpty()) {
            notes.ok("credentials", good == 0 ? "none is needed" : good + " kept and used");
        }
    }

    private static void stored(ProviderConfig provider, String name, Set<String> kept, Notes notes) {
        if (provider.enabled() && !kept.contains(name)) {
            notes.say(
                    Ailment.CREDENTIAL_MISSING,
                    "the provider " + provider.id() + " has no secret: the credential " + name + " is not set",
                    "name",
                    name,
                    "provider",
                    provider.id());
        }
    }

    /// Only of secrets that can be seen from here.
    private void keyFile(ProviderConfig provider, Notes notes) {
        CredentialRef ref = provider.credential();
        if (ref == null || !provider.enabled() || !(provider.auth() instanceof AuthScheme.GoogleServiceAccount)) {
            return;
        }
        premises.forCalls()
                .secret(ref)
                .flatMap(CredentialRules::problemOfKeyFile)
                .ifPresent(problem -> notes.say(
                        Ailment.CREDENTIAL_DAMAGED,
                        "the provider " + provider.id() + " has no usable secret in " + place(ref) + ": " + problem,
                        "provider",
                        provider.id()));
    }

    private static String place(CredentialRef ref) {
        return switch (ref) {
            case CredentialRef.Stored(String name) -> "the credential " + name;
            case CredentialRef.Environment(String variable) -> "the variable " + variable;
        };
    }

    private void variable(ProviderConfig provider, String variable, Notes notes) {
        if (!provider.enabled()) {
            return;
        }
        if (premises.stack().isPresent()) {
            notes.say(
                    Ailment.VARIABLE_NOT_DEPLOYED,
                    "the provider " + provider.id() + " takes its secret from the variable " + variable
                            + ", and a deployed function has none",
                    "provider",
                    provider.id(),
                    "name",
                    provider.id());
        } else if (premises.isServed()) {
            List<String> missing = premises.ask(held -> held.missing(), List.of());
            if (missing.stream().anyMatch(sentence -> sentence.startsWith("provider " + provider.id() + " "))) {
                notes.say(
                        Ailment.VARIABLE_MISSING,
                        "the provider " + provider.id() + " has no secret: the running start has no variable "
                                + variable,
                        "variable",
                        variable,
                        "provider",
                        provider.id());
            }
        } else if (premises.surroundings().variable(variable).isEmpty()) {
            notes.say(
                    Ailment.VARIABLE_NOT_HERE,
                    "the provider " + provider.id() + " takes its secret from the variable " + variable
                            + ", which is not set here",
                    "variable",
                    variable,
                    "provider",
                    provider.id());
        }
    }
}
