package dev.sluice.aws.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.RequestSigning.Request;
import dev.sluice.core.ports.RequestSigning.Result;
import dev.sluice.model.Headers;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class AwsSigningTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    private static final String HOST = "bedrock-runtime.eu-west-1.amazonaws.com";

    private final ScriptedUsual usual = new ScriptedUsual();
    private final AwsSigning signing = new AwsSigning(usual);

    /// Identities one after the other, as a role's are.
    private static final class ScriptedUsual implements AwsSigning.Usual {
        private final Deque<AwsCredentialsIdentity> identities = new ArrayDeque<>();
        private boolean closed;

        @Override
        public Optional<AwsCredentialsIdentity> identity() {
            return Optional.ofNullable(identities.poll());
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void forget() {
            identities.poll();
        }
    }

    private static Request to(String host, String region) {
        return new Request(
                URI.create("https://" + host + "/model/m%3A0/converse"),
                region,
                "bedrock",
                Headers.of("content-type", "application/json"),
                new byte[] {'{', '}'});
    }

    private Headers signed(Request request, @Nullable String secret) {
        Result result = signing.sign(request, secret, NOW);
        assertThat(result).isInstanceOf(Result.Signed.class);
        return ((Result.Signed) result).headers();
    }

    @Test
    void an_identity_that_is_let_go_of_signs_no_more() {
        usual.identities.add(AwsCredentialsIdentity.create("OLD", "secret"));
        usual.identities.add(AwsCredentialsIdentity.create("NEW", "secret"));

        assertThat(signing.renew()).isTrue();
        assertThat(authorization(signed(to(HOST, ""), null))).contains("Credential=NEW/");
    }

    private static String authorization(Headers headers) {
        return headers.first("authorization").orElseThrow();
    }

    @Test
    void signs_host_type_and_time_and_no_more() {
        assertThat(authorization(signed(to(HOST, "eu-west-1"), "ID:secret")))
                .startsWith("AWS4-HMAC-SHA256 Credential=ID/20261121/eu-west-1/bedrock/aws4_request, ")
                .contains("SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, ");
    }

    @Test
    void takes_the_region_from_the_host_when_none_is_configured() {
        assertThat(authorization(signed(to(HOST, ""), "ID:secret"))).contains("/eu-west-1/bedrock/");
        String inVpc = "vpce-1a-b.bedrock-runtime.us-east-1.vpce.amazonaws.com";
        assertThat(authorization(signed(to(inVpc, ""), "ID:secret"))).contains("/us-east-1/bedrock/");
        assertThat(authorization(signed(to(HOST + ".cn", ""), "ID:secret"))).contains("/eu-west-1/bedrock/");
    }

    @Test
    void an_unknown_region_is_told_with_its_remedy() {
        assertThat(signing.sign(to("gateway.example", ""), "ID:secret", NOW))
                .isInstanceOfSatisfying(
                        Result.Impossible.class,
                        impossible -> assertThat(impossible.why())
                                .contains("region", "sigv4")
                                .doesNotContain("secret\""));
    }

    @Test
    void a_temporary_key_sends_its_token() {
        Result result = signing.sign(to(HOST, ""), "ID:secret:to/ken==", NOW);

        assertThat(result).isInstanceOfSatisfying(Result.Signed.class, signed -> {
            assertThat(signed.headers().first("x-amz-security-token")).hasValue("to/ken==");
            assertThat(authorization(signed.headers())).contains(";x-amz-security-token, ");
            assertThat(signed.secrets()).containsExactly("secret", "to/ken==");
        });
    }

    @Test
    void the_json_of_aws_tools_is_a_key() {
        String plain = authorization(signed(to(HOST, ""), "ID:secret"));

        assertThat(authorization(
                        signed(to(HOST, ""), "{\"Version\":1,\"AccessKeyId\":\"ID\",\"SecretAccessKey\":\"secret\"}")))
                .isEqualTo(plain);
        assertThat(authorization(signed(
                        to(HOST, ""), "{\"Credentials\":{\"AccessKeyId\":\"ID\",\"SecretAccessKey\":\"secret\"}}")))
                .isEqualTo(plain);
        assertThat(authorization(signed(to(HOST, ""), "{\"accessKeyId\":\"ID\",\"secretAccessKey\":\"secret\"}")))
                .isEqualTo(plain);
    }

    @Test
    void what_is_no_key_is_told_without_being_shown() {
        for (String bad : List.of("sk-1234567890", "{\"AccessKeyId\":\"ID\"}", "{", ":", "ID:", "I D:s\u00e9cret")) {
            assertThat(signing.sign(to(HOST, ""), bad, NOW))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            Result.Impossible.class,
                            impossible -> assertThat(impossible.why())
                                    .contains("ACCESS_KEY_ID:SECRET_ACCESS_KEY")
                                    .doesNotContain("sk-1234567890", "\u00e9"));
        }
        assertThat(new AccessKey("ID", "secret", "token").toString()).doesNotContain("secret", "token");
    }

    @Test
    void without_a_key_the_identity_of_the_process_signs_and_is_asked_each_time() {
        usual.identities.add(AwsSessionCredentialsIdentity.create("ROLE1", "s1", "t1"));
        usual.identities.add(AwsSessionCredentialsIdentity.create("ROLE2", "s2", "t2"));

        assertThat(authorization(signed(to(HOST, ""), null))).contains("Credential=ROLE1/");
        assertThat(authorization(signed(to(HOST, ""), null))).contains("Credential=ROLE2/");
        assertThat(signing.sign(to(HOST, ""), null, NOW))
                .isInstanceOfSatisfying(
                        Result.Impossible.class,
                        impossible -> assertThat(impossible.why()).contains("no AWS identity"));
    }

    @Test
    void closing_lets_go_of_the_identity() {
        signing.close();

        assertThat(usual.closed).isTrue();
    }
}
