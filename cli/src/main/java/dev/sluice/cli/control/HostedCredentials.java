package dev.sluice.cli.control;

import dev.sluice.aws.owner.CredentialsSecret;
import dev.sluice.aws.owner.Owner;
import dev.sluice.cli.secret.CredentialStore;
import java.time.Instant;
import java.util.List;

/// The credentials of a deployed stack. When each was set is kept nowhere.
final class HostedCredentials implements CredentialStore {
    private final Owner owner;

    HostedCredentials(Owner owner) {
        this.owner = owner;
    }

    @Override
    public List<Entry> list() {
        try (CredentialsSecret secret = owner.credentials()) {
            return secret.names().stream().map(name -> new Entry(name, null)).toList();
        }
    }

    @Override
    public boolean set(String name, String secret, Instant when) {
        try (CredentialsSecret all = owner.credentials()) {
            return all.set(name, secret);
        }
    }

    @Override
    public boolean remove(String name) {
        try (CredentialsSecret all = owner.credentials()) {
            return all.remove(name);
        }
    }

    @Override
    public boolean takeBack(String name, String secret) {
        try (CredentialsSecret all = owner.credentials()) {
            return all.takeBack(name, secret);
        }
    }
}
