package dev.sluice.cli.control;

import dev.sluice.aws.dynamodb.DynamoTable;
import dev.sluice.aws.owner.CredentialsSecret;
import dev.sluice.aws.owner.Deployment;
import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.core.ports.WorkerKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a deployed stack keeps: configuration and keys in its table, credentials in its secret.
public record Hosted(Owner owner, Surroundings surroundings) implements Holdings {
    /// Finds the stack and its table, or ends the command with what to do.
    public static Hosted open(OwnerSettings settings, Surroundings surroundings) {
        Owner owner = Owner.open(settings, note -> surroundings.err().println("sluice: " + note));
        Hosted hosted = new Hosted(owner, surroundings);
        try {
            hosted.check();
            return hosted;
        } catch (RuntimeException notThere) {
            owner.close();
            throw notThere;
        }
    }

    private void check() {
        String table = "the table " + owner.deployment().table() + " of the stack " + owner.stackName();
        switch (owner.store().table().check()) {
            case DynamoTable.State.Present _ -> {}
            case DynamoTable.State.Absent _ ->
                throw CommandFailure.failed(table + " is gone: sluice status shows what else is");
            case DynamoTable.State.Unusable(String why) ->
                throw CommandFailure.failed(table + " cannot be used: " + why);
            case DynamoTable.State.Silent(String why) ->
                throw CommandFailure.failed(table + " does not answer: " + why);
        }
    }

    @Override
    public Optional<String> place() {
        Deployment deployment = owner.deployment();
        return Optional.of("stack " + deployment.stack() + ", " + owner.region() + ", account " + deployment.account());
    }

    @Override
    public Optional<String> delay() {
        return Optional.of("the gateway uses it within 5 minutes, or at once with the next version of the configuration"
                + " (sluice config apply)");
    }

    @Override
    public ConfigVersions versions() {
        return owner.store().versions();
    }

    @Override
    public CredentialStore credentials() {
        return new HostedCredentials(owner);
    }

    @Override
    public KeyBook keys() {
        return owner.store().keys();
    }

    @Override
    public KeyHash hashes() {
        return owner.gatewaySecret(surroundings.time()).keyHash();
    }

    @Override
    public WorkerKeys workerKeys() {
        return owner.store().workerKeys();
    }

    @Override
    public LimitReading limits() {
        return owner.store().limits()::read;
    }

    @Override
    public CallBook calls() {
        return owner.store().calls();
    }

    @Override
    public UsageBook usage() {
        return owner.store().usage();
    }

    @Override
    public Optional<String> url() {
        return Optional.of(owner.deployment().address().toString());
    }

    /// The function has no variables of its owner's, so only stored credentials can be there.
    @Override
    public List<String> missing() {
        try (CredentialsSecret secret = owner.credentials()) {
            Set<String> names = secret.names();
            return Holdings.snapshot(versions())
                    .map(snapshot -> LiveCredentials.missing(
                            snapshot,
                            ref -> ref instanceof CredentialRef.Stored(String name) && names.contains(name),
                            Hosted::remedy))
                    .orElse(List.of());
        }
    }

    private static String remedy(CredentialRef ref) {
        return switch (ref) {
            case CredentialRef.Stored(String name) -> "sluice credential set " + name + " with the same --stack";
            case CredentialRef.Environment(String variable) ->
                "the deployed function has no variable " + variable
                        + " (sluice deploy sets none): name a stored credential instead";
        };
    }

    @Override
    public void close() {
        owner.close();
    }
}
