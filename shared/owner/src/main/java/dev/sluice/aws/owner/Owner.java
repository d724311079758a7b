package dev.sluice.aws.owner;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.owner.OwnerFailure.Kind;
import dev.sluice.aws.secrets.GatewaySecret;
import dev.sluice.aws.secrets.SecretFailure;
import dev.sluice.aws.secrets.SecretSettings;
import dev.sluice.aws.secrets.SecretStore;
import dev.sluice.aws.secrets.SecretVersions;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A deployed gateway in its owner's hands: its table, its secrets and what AWS says of it.
///
/// Opening it calls nobody; everything is looked up when it is first asked for, and throws [OwnerFailure] when AWS does not
/// give it (the stores throw their own failures). One thread at a time.
public final class Owner implements AutoCloseable {
    /// A person waits, no request does.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// As the stack's template calls them, behind its name.
    private static final List<String> SECRETS = List.of("master-key", "credentials", "gateway-key", "origin-header");

    private final OwnerSettings settings;
    private final Consumer<String> notes;
    private final OwnerCredentials credentials;
    private final AwsCalls calls;
    private @Nullable Identity identity;
    private @Nullable Deployment deployment;
    private @Nullable DynamoStore store;

    private Owner(OwnerSettings settings, Consumer<String> notes) {
        this.settings = settings;
        this.notes = notes;
        this.credentials = new OwnerCredentials(settings);
        this.calls = new AwsCalls(settings, credentials);
    }

    /// Throws [OwnerFailure] when no region is known.
    ///
    /// @param notes sentences about the table that need no answer
    public static Owner open(OwnerSettings settings, Consumer<String> notes) {
        return new Owner(settings, notes);
    }

    public String stackName() {
        return settings.stack();
    }

    public String region() {
        return calls.region();
    }

    /// Whom AWS takes the owner for: shows that there are credentials, and that they hold.
    public Identity identity() {
        if (identity == null) {
            Xml result = calls.query(Service.STS, "GetCallerIdentity", "2011-06-15", Map.of())
                    .at("GetCallerIdentityResult");
            identity = new Identity(result.text("Account"), result.text("Arn"));
        }
        return identity;
    }

    /// What the stack has published; throws [OwnerFailure] when there is none of that name, or it is not whole.
    public Deployment deployment() {
        if (deployment == null) {
            String account = identity().account();
            deployment = Deployment.from(
                    found().orElseThrow(() -> new OwnerFailure(
                            Kind.ABSENT,
                            "there is no stack " + stackName() + " of Sluice in " + region() + " of account " + account
                                    + ": deploy it with sluice deploy, or name another with --stack, --region or"
                                    + " --profile")),
                    stackName(),
                    account);
        }
        return deployment;
    }

    /// The stack's parameters by the last part of their names; empty: there are none.
    private Optional<Map<String, String>> found() {
        String path = Deployment.path(stackName());
        Map<String, String> parameters = new HashMap<>();
        String token = "";
        do {
            Json.Builder question = Json.object().put("Path", path);
            if (!token.isEmpty()) {
                question.put("NextToken", token);
            }
            Json.Obj answer = calls.json(Service.SSM, "AmazonSSM.GetParametersByPath", question.build());
            answer.items("Parameters").forEach(item -> {
                if (item instanceof Json.Obj parameter) {
                    String name = parameter.text("Name", "");
                    parameters.put(name.substring(name.lastIndexOf('/') + 1), parameter.text("Value", ""));
                }
            });
            token = answer.text("NextToken", "");
        } while (!token.isEmpty());
        return parameters.isEmpty() ? Optional.empty() : Optional.of(parameters);
    }

    /// The stack's table.
    public DynamoStore store() {
        if (store == null) {
            TableSettings table = TableSettings.of(deployment().table())
                    .withRegion(region())
                    .withAccessKey(credentials.accessKey())
                    .withPatience(PATIENCE);
            URI endpoint = settings.endpoint(Service.DYNAMODB).orElse(null);
            store = DynamoStore.open(endpoint == null ? table : table.withEndpoint(endpoint), notes);
        }
        return store;
    }

    /// The providers' credentials; its opener closes it.
    public CredentialsSecret credentials() {
        return new CredentialsSecret(
                SecretVersions.open(secretSettings(), deployment().credentialsSecret()));
    }

    /// The master key and its rotation; its opener closes it.
    public SecretVersions masterKey() {
        return SecretVersions.open(secretSettings(), deployment().masterKeySecret());
    }

    /// The secrets that an earlier stack of that name has left behind, in the way of a new one, as far as this owner may see
    /// them.
    public List<LeftSecret> leftSecrets() {
        return SECRETS.stream()
                .map(name -> left(stackName() + "/" + name))
                .flatMap(Optional::stream)
                .toList();
    }

    /// A secret that nobody's stack has.
    ///
    /// @param deleted it goes in some days, and has its name until then
    public record LeftSecret(String name, boolean deleted) {}

    private Optional<LeftSecret> left(String name) {
        try {
            Json.Obj secret = calls.json(
                    Service.SECRETS_MANAGER,
                    "secretsmanager.DescribeSecret",
                    Json.object().put("SecretId", name).build());
            return Optional.of(new LeftSecret(name, secret.present("DeletedDate") != null));
        } catch (OwnerFailure failed) {
            if (failed.kind() == Kind.ABSENT || failed.kind() == Kind.DENIED) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /// The secret that all hashes of keys are made with.
    public GatewaySecret gatewaySecret(Time time) {
        try (SecretStore secrets = SecretStore.open(secretSettings())) {
            return GatewaySecret.read(secrets, deployment().gatewayKeySecret(), "of the stack " + stackName(), time);
        } catch (SecretFailure failed) {
            throw new OwnerFailure(Kind.REFUSED, String.valueOf(failed.getMessage()));
        }
    }

    private SecretSettings secretSettings() {
        SecretSettings secrets = SecretSettings.usual()
                .withRegion(region())
                .withAccessKey(credentials.accessKey())
                .withPatience(PATIENCE);
        return settings.endpoint(Service.SECRETS_MANAGER)
                .map(secrets::withEndpoint)
                .orElse(secrets);
    }

    /// What is left of a stack that was removed, deleted by its owner's wish.
    public Leftovers leftovers() {
        return new Leftovers(calls);
    }

    public Stacks stacks() {
        return new Stacks(calls);
    }

    public Functions functions() {
        return new Functions(calls);
    }

    /// The gateway's log.
    public LogGroup log() {
        return new LogGroup(calls, deployment().gatewayLogGroup());
    }

    /// The variables that lead another program to the same account and region as the same person.
    ///
    /// A profile that was named outright stays a profile; whatever else was found is left to the variables there are.
    public Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(settings.environment());
        if (settings.profile() != null) {
            variables
                    .keySet()
                    .removeIf(name -> name.equals("AWS_ACCESS_KEY_ID")
                            || name.equals("AWS_SECRET_ACCESS_KEY")
                            || name.equals("AWS_SESSION_TOKEN"));
            variables.put("AWS_PROFILE", Objects.requireNonNull(settings.profile()));
        }
        variables.put("AWS_REGION", region());
        variables.put("AWS_DEFAULT_REGION", region());
        return variables;
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
        calls.close();
    }
}
