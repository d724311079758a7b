package dev.sluice.aws.signing;

import dev.sluice.core.ports.RequestSigning;
import dev.sluice.model.Headers;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signatures by the AWS SDK's own signer, with given access keys or with the identity that AWS's usual places hold for this
/// process: variables, profile, the function's role.
///
/// Looks for that identity when it is first needed and keeps it as long as it holds. A restored environment makes a new
/// one of these, so that no identity of before a snapshot is used after it.
public final class AwsSigning implements RequestSigning, AutoCloseable {
    private static final String NO_KEY = "its credential is not an AWS access key; set it as"
            + " ACCESS_KEY_ID:SECRET_ACCESS_KEY, with :SESSION_TOKEN behind when it is temporary";
    private static final String NO_REGION =
            "the region is not known; set auth to" + " {\"type\": \"sigv4\", \"region\": ...} in its configuration";
    private static final String NO_IDENTITY =
            "no AWS identity was found where Sluice runs; give it a role or the usual AWS"
                    + " variables, or set \"credential\" in the provider's configuration";

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Usual usual;

    /// The identity of AWS's usual places.
    interface Usual extends AutoCloseable {
        /// Empty: there is none.
        Optional<AwsCredentialsIdentity> identity();

        @Override
        void close();

        /// Forgets it: the next question looks for another.
        void forget();
    }

    public AwsSigning() {
        this(new UsualPlaces());
    }

    AwsSigning(Usual usual) {
        this.usual = usual;
    }

    @Override
    public Result sign(Request request, @Nullable String secret, Instant now) {
        String region = request.region().isEmpty() ? Regions.of(request.uri()).orElse("") : request.region();
        if (region.isEmpty()) {
            return new Result.Impossible(NO_REGION);
        }
        Optional<AwsCredentialsIdentity> identity =
                secret == null ? usual.identity() : AccessKey.read(secret).map(AwsSigning::identity);
        return identity.isPresent()
                ? signed(request, region, identity.get(), now)
                : new Result.Impossible(secret == null ? NO_IDENTITY : NO_KEY);
    }

    @Override
    public boolean renew() {
        usual.forget();
        return true;
    }

    private static AwsCredentialsIdentity identity(AccessKey key) {
        return key.token() == null
                ? AwsCredentialsIdentity.create(key.id(), key.secret())
                : AwsSessionCredentialsIdentity.create(key.id(), key.secret(), key.token());
    }

    private Result signed(Request request, String region, AwsCredentialsIdentity identity, Instant now) {
        SignRequest<AwsCredentialsIdentity> unsigned = SignRequest.builder(identity)
                .request(http(request))
                .payload(ContentStreamProvider.fromByteArrayUnsafe(request.body()))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, request.service())
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC))
                .build();
        List<Headers.Field> added = new ArrayList<>();
        signer.sign(unsigned).request().forEachHeader((name, values) -> {
            if (isOfSigning(name)) {
                values.forEach(value -> added.add(new Headers.Field(name, value)));
            }
        });
        List<String> secrets = new ArrayList<>();
        secrets.add(identity.secretAccessKey());
        if (identity instanceof AwsSessionCredentialsIdentity temporary) {
            secrets.add(temporary.sessionToken());
        }
        return new Result.Signed(new Headers(added), secrets);
    }

    private static boolean isOfSigning(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("authorization") || lower.startsWith("x-amz-");
    }

    private static SdkHttpRequest http(Request request) {
        URI uri = request.uri();
        SdkHttpRequest.Builder http =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri);
        http.encodedPath(uri.getRawPath());
        request.headers().fields().forEach(field -> http.appendHeader(field.name(), field.value()));
        return http.build();
    }

    @Override
    public void close() {
        usual.close();
    }

    /// AWS's own chain, begun at the first question: some of its places are asked over the network.
    private static final class UsualPlaces implements Usual {
        private @Nullable DefaultCredentialsProvider chain;

        @Override
        public Optional<AwsCredentialsIdentity> identity() {
            try {
                return Optional.of(chain().resolveCredentials());
            } catch (SdkException none) {
                return Optional.empty();
            }
        }

        /// One of its own: the one that the SDK shares would outlive a snapshot.
        private synchronized DefaultCredentialsProvider chain() {
            if (chain == null) {
                chain = DefaultCredentialsProvider.builder().build();
            }
            return chain;
        }

        @Override
        public void forget() {
            close();
        }

        @Override
        public synchronized void close() {
            if (chain != null) {
                chain.close();
                chain = null;
            }
        }
    }
}
