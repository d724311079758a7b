package dev.sluice.aws.secrets;

import dev.sluice.core.ports.VersionedSecret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// The versions of one secret in Secrets Manager: read, made, labelled, rotated.
///
/// Throws [SecretFailure] where the service refuses or does not answer, never with a value in it. A call is never repeated
/// by itself. Opening calls nobody. Thread-safe.
public final class SecretVersions implements VersionedSecret, AutoCloseable {
    /// What these say never holds what was sent.
    private static final Set<String> HARMLESS = Set.of(
            "AccessDeniedException", "ResourceNotFoundException", "InvalidRequestException", "DecryptionFailure");

    private final SecretsManagerClient client;
    private final String id;

    private SecretVersions(SecretsManagerClient client, String id) {
        this.client = client;
        this.id = id;
    }

    /// Throws [SecretFailure] when it is not known where Secrets Manager is.
    ///
    /// @param id of the secret, its name or ARN
    public static SecretVersions open(SecretSettings settings, String id) {
        return new SecretVersions(SecretsClient.open(settings), id);
    }

    /// What became of the wish to rotate.
    public sealed interface Rotating {
        /// Secrets Manager calls the rotation function now.
        ///
        /// @param version that it makes
        record Started(String version) implements Rotating {}

        /// A rotation before has not ended: its pending version is not the current one. Secrets Manager tries it again.
        record Unfinished() implements Rotating {}
    }

    /// Begins a rotation; it goes on by itself.
    public Rotating rotate() {
        String token = UUID.randomUUID().toString();
        return call(() -> {
            try {
                String version = client.rotateSecret(
                                request -> request.secretId(id).clientRequestToken(token))
                        .versionId();
                return new Rotating.Started(version == null ? token : version);
            } catch (InvalidRequestException refused) {
                if (isUnfinished(refused)) {
                    return new Rotating.Unfinished();
                }
                throw refused;
            }
        });
    }

    private static boolean isUnfinished(InvalidRequestException refused) {
        return String.valueOf(refused.getMessage()).contains("previous rotation");
    }

    @Override
    public Description describe() {
        DescribeSecretResponse secret = call(() -> client.describeSecret(request -> request.secretId(id)));
        Map<String, Set<String>> stages = secret.versionIdsToStages().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, version -> Set.copyOf(version.getValue())));
        return new Description(
                secret.arn(),
                secret.name(),
                Boolean.TRUE.equals(secret.rotationEnabled()),
                secret.lastRotatedDate(),
                secret.nextRotationDate(),
                stages);
    }

    @Override
    public Optional<Value> stage(String stage) {
        return value(GetSecretValueRequest.builder().secretId(id).versionStage(stage));
    }

    @Override
    public Optional<Value> version(String version) {
        return value(GetSecretValueRequest.builder().secretId(id).versionId(version));
    }

    private Optional<Value> value(GetSecretValueRequest.Builder request) {
        return call(() -> {
            try {
                GetSecretValueResponse value = client.getSecretValue(request.build());
                if (value.secretString() == null) {
                    throw failure("it holds bytes where a text is expected");
                }
                return Optional.of(
                        new Value(value.versionId(), value.secretString(), Set.copyOf(value.versionStages())));
            } catch (ResourceNotFoundException none) {
                return Optional.empty();
            }
        });
    }

    @Override
    public boolean put(String version, String text, Set<String> stages) {
        return call(() -> {
            try {
                client.putSecretValue(request -> request.secretId(id)
                        .clientRequestToken(version)
                        .secretString(text)
                        .versionStages(List.copyOf(stages)));
                return true;
            } catch (ResourceExistsException hasAnother) {
                return false;
            }
        });
    }

    @Override
    public boolean move(String stage, @Nullable String from, String to) {
        return label(stage, from, to);
    }

    @Override
    public boolean remove(String stage, String from) {
        return label(stage, from, null);
    }

    private boolean label(String stage, @Nullable String from, @Nullable String to) {
        return call(() -> {
            try {
                client.updateSecretVersionStage(request -> request.secretId(id)
                        .versionStage(stage)
                        .removeFromVersionId(from)
                        .moveToVersionId(to));
                return true;
            } catch (InvalidParameterException | ResourceNotFoundException otherwise) {
                return false;
            }
        });
    }

    private <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (SecretFailure ours) {
            throw ours;
        } catch (AwsServiceException refused) {
            throw failure(why(refused));
        } catch (RuntimeException failed) {
            throw failure(SecretsClient.silence(failed));
        }
    }

    private static String why(AwsServiceException e) {
        String code = SecretsClient.code(e);
        if (HARMLESS.contains(code)) {
            return code + ": " + e.awsErrorDetails().errorMessage();
        }
        return "Secrets Manager answered " + (code.isEmpty() ? e.statusCode() : code);
    }

    private SecretFailure failure(String why) {
        return new SecretFailure("the secret " + id + ": " + why);
    }

    @Override
    public void close() {
        client.close();
    }
}
