package dev.sluice.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.credential.ServiceAccountKey.Reading;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.FakeServiceAccount;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Key files as Google hands them out, and what becomes of them on their way.
class ServiceAccountKeyTest {
    private static final FakeServiceAccount ACCOUNT = FakeServiceAccount.create();
    private static final Json.Obj FILE = ACCOUNT.json();

    private static String why(String text) {
        assertThat(ServiceAccountKey.read(text)).isInstanceOf(Reading.Damaged.class);
        return ((Reading.Damaged) ServiceAccountKey.read(text)).why();
    }

    @Test
    void reads_the_file_as_it_came_and_on_one_line() {
        for (String text : new String[] {
            ACCOUNT.keyFile(), JsonText.print(FILE), "\n " + ACCOUNT.keyFile() + "\n", crlf(ACCOUNT.keyFile())
        }) {
            assertThat(ServiceAccountKey.read(text)).isInstanceOfSatisfying(Reading.Good.class, good -> {
                assertThat(good.key().email()).isEqualTo(FakeServiceAccount.EMAIL);
                assertThat(good.key().id()).isEqualTo(FakeServiceAccount.KEY_ID);
            });
        }
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    @Test
    void reads_a_key_whose_line_ends_were_escaped_twice_or_are_those_of_another_system() {
        assertThat(ServiceAccountKey.read(with("private_key", ACCOUNT.pem().replace("\n", "\\n"))))
                .isInstanceOf(Reading.Good.class);
        assertThat(ServiceAccountKey.read(with("private_key", crlf(ACCOUNT.pem()))))
                .isInstanceOf(Reading.Good.class);
    }

    private static String with(String field, String value) {
        return JsonText.print(FILE.with(field, Json.of(value)));
    }

    static Stream<Arguments> damaged() {
        String pem = ACCOUNT.pem();
        int middle = pem.length() / 2;
        char other = pem.charAt(middle) == 'A' ? 'B' : 'A';
        return Stream.of(
                Arguments.of("", "no JSON object"),
                Arguments.of("{", "no JSON object"),
                Arguments.of("[]", "no JSON object"),
                Arguments.of(ACCOUNT.keyFile().substring(0, 900), "no JSON object"),
                Arguments.of("ya29.an-access-token", "no JSON object"),
                Arguments.of("{}", "\"type\""),
                Arguments.of(with("type", "authorized_user"), "\"type\""),
                Arguments.of(with("client_email", " "), "no \"client_email\""),
                Arguments.of(JsonText.print(FILE.without("client_email")), "no \"client_email\""),
                Arguments.of(JsonText.print(FILE.without("private_key_id")), "no \"private_key_id\""),
                Arguments.of(JsonText.print(FILE.without("private_key")), "no \"private_key\""),
                Arguments.of(with("private_key", "redacted"), "one PEM block"),
                Arguments.of(with("private_key", pem.replace("PRIVATE KEY", "RSA PRIVATE KEY")), "one PEM block"),
                Arguments.of(with("private_key", pem.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY")), "one PEM block"),
                Arguments.of(with("private_key", pem + pem), "is damaged"),
                Arguments.of(with("private_key", pem.replace("-----END", "----END")), "one PEM block"),
                Arguments.of(with("private_key", pem.replaceFirst("\n.{64}\n", "\n")), "is damaged"),
                Arguments.of(with("private_key", "-----BEGIN PRIVATE KEY-----"), "one PEM block"),
                Arguments.of(
                        with("private_key", pem.substring(0, middle) + other + pem.substring(middle + 1)),
                        "is damaged"),
                Arguments.of(
                        with("private_key", FakeServiceAccount.create("EC", 256).pem()), "of an RSA key"),
                Arguments.of(
                        with(
                                "private_key",
                                FakeServiceAccount.create("RSA", 1024).pem()),
                        "fewer than 2048"));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void tells_what_is_wrong_and_no_value(String text, String told) {
        assertThat(why(text))
                .contains(told)
                .doesNotContain(ACCOUNT.base64().substring(0, 20), "redacted", "authorized_user", "ya29");
    }

    @Test
    void is_not_told_by_its_name() {
        Reading.Good good = (Reading.Good) ServiceAccountKey.read(ACCOUNT.keyFile());

        assertThat(good.toString()).doesNotContain(FakeServiceAccount.KEY_ID, "RSA");
    }

    @Test
    void is_told_from_other_secrets() {
        assertThat(ServiceAccountKey.isMeant(ACCOUNT.keyFile())).isTrue();
        assertThat(ServiceAccountKey.isMeant(ACCOUNT.keyFile().substring(0, 200)))
                .isTrue();
        assertThat(ServiceAccountKey.isMeant("sk-1234")).isFalse();
        assertThat(ServiceAccountKey.isMeant("{\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"B\"}"))
                .isFalse();
    }
}
