package dev.sluice.aws.owner;

import dev.sluice.aws.dynamodb.TableSettings.AccessKey;
import dev.sluice.aws.owner.OwnerFailure.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;

/// The owner's AWS credentials and region, found where AWS's own tools look and in their order: a profile that was named,
/// the variables, a web identity, `AWS_PROFILE` or the profile `default`, then what the machine itself has.
///
/// Looks when first asked. Temporary credentials are renewed as long as they can be.
final class OwnerCredentials {
    private final OwnerSettings settings;
    private final Supplier<ProfileFile> files;
    private @Nullable AwsCredentialsProvider found;

    OwnerCredentials(OwnerSettings settings) {
        this.settings = settings;
        this.files = () -> profileFile(settings);
    }

    /// Throws [OwnerFailure] when there are none, or a session has expired.
    synchronized AwsCredentials now() {
        AwsCredentialsProvider provider = found == null ? find() : found;
        AwsCredentials credentials = resolve(provider);
        found = provider;
        return credentials;
    }

    /// As the stores take them.
    AccessKey accessKey() {
        AwsCredentials credentials = now();
        return new AccessKey(
                credentials.accessKeyId(),
                credentials.secretAccessKey(),
                credentials instanceof AwsSessionCredentials session ? session.sessionToken() : null);
    }

    /// The region that was named, or that variables or profile name.
    String region() {
        String region = Optional.ofNullable(settings.region())
                .or(() -> settings.variable("AWS_REGION"))
                .or(() -> settings.variable("AWS_DEFAULT_REGION"))
                .or(() -> profile().flatMap(profile -> profile.property(ProfileProperty.REGION)))
                .orElseThrow(() -> new OwnerFailure(
                        Kind.USAGE, "no AWS region is known: give --region, or set AWS_REGION (eu-central-1, say)"));
        if (!OwnerSettings.isRegion(region)) {
            throw new OwnerFailure(Kind.USAGE, "a region is written like eu-central-1, not " + region);
        }
        return region;
    }

    private String profileName() {
        return Optional.ofNullable(settings.profile())
                .or(() -> settings.variable("AWS_PROFILE"))
                .orElse("default");
    }

    private Optional<Profile> profile() {
        return files.get().profile(profileName());
    }

    /// The first place that promises something.
    private AwsCredentialsProvider find() {
        if (settings.profile() != null) {
            return ofProfile();
        }
        Optional<AwsCredentialsProvider> ofVariables = ofVariables();
        if (ofVariables.isPresent()) {
            return ofVariables.get();
        }
        if (settings.variable("AWS_WEB_IDENTITY_TOKEN_FILE").isPresent()) {
            return WebIdentityTokenFileCredentialsProvider.create();
        }
        if (settings.variable("AWS_PROFILE").isPresent()
                || profile().filter(OwnerCredentials::hasCredentials).isPresent()) {
            return ofProfile();
        }
        return ofMachine();
    }

    private AwsCredentialsProvider ofMachine() {
        if (settings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").isPresent()
                || settings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI").isPresent()) {
            return ContainerCredentialsProvider.create();
        }
        if (settings.variable("AWS_EC2_METADATA_DISABLED")
                .filter("true"::equalsIgnoreCase)
                .isPresent()) {
            throw none();
        }
        return InstanceProfileCredentialsProvider.create();
    }

    private static boolean hasCredentials(Profile profile) {
        return profile.properties().keySet().stream()
                .anyMatch(name -> !name.equals("region") && !name.equals("output") && !name.startsWith("cli_"));
    }

    private Optional<AwsCredentialsProvider> ofVariables() {
        Optional<String> id = settings.variable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = settings.variable("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        AwsCredentials credentials = settings.variable("AWS_SESSION_TOKEN")
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(id.get(), secret.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get()));
        return Optional.of(StaticCredentialsProvider.create(credentials));
    }

    private AwsCredentialsProvider ofProfile() {
        if (profile().isEmpty()) {
            throw new OwnerFailure(
                    Kind.CREDENTIALS,
                    "there is no AWS profile " + profileName() + ": aws configure list-profiles shows those there are");
        }
        return ProfileCredentialsProvider.builder()
                .profileFile(files)
                .profileName(profileName())
                .build();
    }

    private AwsCredentials resolve(AwsCredentialsProvider provider) {
        try {
            return provider.resolveCredentials();
        } catch (SdkException | IllegalArgumentException | IllegalStateException failed) {
            throw provider instanceof ProfileCredentialsProvider ? ofProfile(failed) : none();
        }
    }

    private OwnerFailure ofProfile(RuntimeException failed) {
        boolean isSession = profile()
                .filter(profile -> profile.property("sso_session").isPresent()
                        || profile.property("sso_start_url").isPresent())
                .isPresent();
        if (isSession) {
            return new OwnerFailure(
                    Kind.CREDENTIALS,
                    "the session of AWS profile " + profileName() + " has expired or was never begun: aws sso login"
                            + " --profile " + profileName());
        }
        String why = String.valueOf(failed.getMessage()).lines().findFirst().orElse("no reason was given");
        return new OwnerFailure(Kind.CREDENTIALS, "AWS profile " + profileName() + " gives no credentials: " + why);
    }

    private static OwnerFailure none() {
        return new OwnerFailure(
                Kind.CREDENTIALS,
                "no AWS credentials were found: name a profile with --profile (aws configure sso makes one), or set"
                        + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }

    private static ProfileFile profileFile(OwnerSettings settings) {
        ProfileFile.Aggregator both = ProfileFile.aggregator();
        file(settings, "AWS_SHARED_CREDENTIALS_FILE", "credentials")
                .ifPresent(path -> both.addFile(ProfileFile.builder()
                        .content(path)
                        .type(ProfileFile.Type.CREDENTIALS)
                        .build()));
        file(settings, "AWS_CONFIG_FILE", "config")
                .ifPresent(path -> both.addFile(ProfileFile.builder()
                        .content(path)
                        .type(ProfileFile.Type.CONFIGURATION)
                        .build()));
        return both.build();
    }

    private static Optional<Path> file(OwnerSettings settings, String variable, String name) {
        return settings.variable(variable)
                .map(Path::of)
                .or(() -> settings.variable("HOME").map(home -> Path.of(home, ".aws", name)))
                .filter(Files::isRegularFile);
    }
}
