package dev.sluice.aws.owner;

import dev.sluice.aws.owner.OwnerFailure.Kind;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// Calls to AWS for the owner's commands, signed with the owner's credentials, in each service's own form.
///
/// A call is made once: whether to repeat it is the owner's to say. Throws [OwnerFailure] for whatever goes wrong.
final class AwsCalls implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            .build();
    private final OwnerSettings settings;
    private final OwnerCredentials credentials;
    private final String region;

    AwsCalls(OwnerSettings settings, OwnerCredentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
        this.region = credentials.region();
    }

    String region() {
        return region;
    }

    OwnerCredentials credentials() {
        return credentials;
    }

    /// @param target as in `AmazonSSM.GetParametersByPath`
    Json.Obj json(Service service, String target, Json.Obj body) {
        SdkHttpRequest.Builder request = post(service)
                .putHeader("Content-Type", "application/x-amz-json-1." + (service == Service.DYNAMODB ? "0" : "1"))
                .putHeader("X-Amz-Target", target);
        String action = target.substring(target.lastIndexOf('.') + 1);
        return object(service, send(service, action, request, JsonText.bytes(body)));
    }

    /// @param version of the service's interface
    Xml query(Service service, String action, String version, Map<String, String> parameters) {
        Map<String, String> form = new TreeMap<>(parameters);
        form.put("Action", action);
        form.put("Version", version);
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        SdkHttpRequest.Builder request =
                post(service).putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        Xml answer = Xml.parse(send(service, action, request, body.getBytes(StandardCharsets.UTF_8)));
        if (answer.name().isEmpty()) {
            throw new OwnerFailure(Kind.SILENT, service.shown() + "'s answer could not be read");
        }
        return answer;
    }

    /// @param path with its query, encoded
    Json.Obj read(Service service, String action, String path, Map<String, String> query) {
        SdkHttpRequest.Builder request =
                request(service).method(SdkHttpMethod.GET).encodedPath(path);
        query.forEach(request::putRawQueryParameter);
        return object(service, send(service, action, request, new byte[0]));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private SdkHttpRequest.Builder post(Service service) {
        return request(service).method(SdkHttpMethod.POST).encodedPath("/");
    }

    private SdkHttpRequest.Builder request(Service service) {
        return SdkHttpRequest.builder().uri(address(service));
    }

    private URI address(Service service) {
        Optional<URI> given = settings.endpoint(service);
        return given.orElseGet(() -> URI.create("https://" + service.host() + "." + region + "."
                + PartitionMetadata.of(Region.of(region)).dnsSuffix()));
    }

    private byte[] send(Service service, String action, SdkHttpRequest.Builder request, byte[] body) {
        AwsCredentialsIdentity identity = credentials.now();
        SignedRequest signed = signer.sign(SignRequest.builder(identity)
                .request(request.putHeader("Accept-Encoding", "identity").build())
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.host())
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .build());
        HttpExecuteRequest.Builder call = HttpExecuteRequest.builder().request(signed.request());
        if (body.length > 0) {
            signed.payload().ifPresent(call::contentStreamProvider);
        }
        try {
            HttpExecuteResponse response = http.prepareRequest(call.build()).call();
            byte[] answer = bytes(response);
            if (response.httpResponse().isSuccessful()) {
                return answer;
            }
            throw new Refusals(service, action, settings, region).of(response.httpResponse(), answer);
        } catch (IOException broken) {
            throw new Refusals(service, action, settings, region)
                    .of(broken, signed.request().host());
        }
    }

    private static byte[] bytes(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isEmpty()) {
            return new byte[0];
        }
        try (InputStream body = response.responseBody().get()) {
            return body.readAllBytes();
        }
    }

    private static Json.Obj object(Service service, byte[] answer) {
        if (answer.length == 0) {
            return Json.Obj.EMPTY;
        }
        Json.Obj object = JsonText.objectOrNull(answer, 0, answer.length);
        if (object == null) {
            throw new OwnerFailure(Kind.SILENT, service.shown() + "'s answer could not be read");
        }
        return object;
    }

    @Override
    public void close() {
        http.close();
    }
}
