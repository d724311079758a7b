package dev.sluice.infra.emulator;

import static org.junit.jupiter.api.Assumptions.abort;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// An emulator of AWS: the one that `AWS_ENDPOINT_URL` names, else LocalStack in a container of its own.
///
/// Where neither can be had the tests are skipped, and say why.
interface Emulator extends AutoCloseable {
    /// What a command needs to talk to it instead of AWS.
    Map<String, String> environment();

    URI endpoint();

    @Override
    void close();

    static Emulator open() {
        Optional<String> named = variable("AWS_ENDPOINT_URL");
        if (named.isPresent()) {
            return new Named(URI.create(named.get()));
        }
        if (variable("LOCALSTACK_AUTH_TOKEN").isEmpty()) {
            skip("neither AWS_ENDPOINT_URL nor LOCALSTACK_AUTH_TOKEN is set: there is no emulator to deploy into");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            skip("Docker does not answer, and AWS_ENDPOINT_URL is not set: there is no emulator to deploy into");
        }
        return new InContainer();
    }

    /// Also on the console: Maven's report of a skipped test leaves the reason out.
    private static void skip(String why) {
        System.err.println("skipped: " + why);
        abort(why);
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    /// Credentials that no account has.
    static Map<String, String> access() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "CDK_DEFAULT_ACCOUNT", "000000000000",
                "CDK_DEFAULT_REGION", "us-east-1");
    }

    /// It runs already; its own variables (a service's endpoint, a profile) go on to the commands as they are.
    record Named(URI endpoint) implements Emulator {
        @Override
        public Map<String, String> environment() {
            return variable("AWS_ACCESS_KEY_ID").isPresent() ? Map.of() : access();
        }

        @Override
        public void close() {
            // it is not ours
        }
    }

    /// LocalStack, which starts containers of its own for functions.
    final class InContainer implements Emulator {
        /// The first of the images that take a token; the tags before it stand still.
        private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:2026.03.0");

        private final LocalStackContainer container;

        InContainer() {
            this.container = new LocalStackContainer(IMAGE)
                    .withEnv(
                            "LOCALSTACK_AUTH_TOKEN",
                            variable("LOCALSTACK_AUTH_TOKEN").orElseThrow());
            container.start();
        }

        @Override
        public URI endpoint() {
            return container.getEndpoint();
        }

        @Override
        public Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>(access());
            environment.put("AWS_ENDPOINT_URL", endpoint().toString());
            // buckets are names before the host, and that name leads to this machine
            environment.put(
                    "AWS_ENDPOINT_URL_S3",
                    "http://s3.localhost.localstack.cloud:" + endpoint().getPort());
            return environment;
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
