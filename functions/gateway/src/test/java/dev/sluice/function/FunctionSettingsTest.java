package dev.sluice.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.dynamodb.TableSettings.AccessKey;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionSettingsTest {
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "SLUICE_TABLE", "table",
            "SLUICE_CREDENTIALS_SECRET", "creds",
            "SLUICE_KEY_SECRET", "key",
            "AWS_REGION", "eu-central-1"));

    @Test
    void are_read() {
        FunctionSettings settings = FunctionSettings.from(environment);
        assertThat(settings.table().table()).isEqualTo("table");
        assertThat(settings.table().region()).isEqualTo("eu-central-1");
        assertThat(settings.secrets().region()).isEqualTo("eu-central-1");
        assertThat(settings.credentialsSecret()).isEqualTo("creds");
        assertThat(settings.keySecret()).isEqualTo("key");
        assertThat(settings.snapshot()).isFalse();
        assertThat(settings.originSecret()).isNull();
        assertThat(settings.stack()).isNull();
        assertThat(settings.table().endpoint()).isNull();
        assertThat(settings.table().accessKey()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLUICE_TABLE", "SLUICE_CREDENTIALS_SECRET", "SLUICE_KEY_SECRET", "AWS_REGION"})
    void a_variable_that_is_missing_or_blank_is_named(String variable) {
        environment.put(variable, "  ");
        assertThatThrownBy(() -> FunctionSettings.from(environment))
                .isInstanceOf(SettingsFailure.class)
                .hasMessageStartingWith(variable + " is not set: it is ");
        environment.remove(variable);
        assertThatThrownBy(() -> FunctionSettings.from(environment))
                .hasMessageStartingWith(variable + " is not set: it is ");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> FunctionSettings.from(Map.of("AWS_ENDPOINT_URL_DYNAMODB", "nowhere")))
                .hasMessageContainingAll(
                        "SLUICE_TABLE is not set",
                        "SLUICE_CREDENTIALS_SECRET is not set",
                        "SLUICE_KEY_SECRET is not set",
                        "AWS_REGION is not set",
                        "AWS_ENDPOINT_URL_DYNAMODB is no address such as http://127.0.0.1:8000: nowhere");
    }

    @Test
    void endpoints_are_those_of_the_service_else_the_common_one() {
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:2");
        FunctionSettings settings = FunctionSettings.from(environment);
        assertThat(settings.table().endpoint()).isEqualTo(URI.create("http://127.0.0.1:1"));
        assertThat(settings.secrets().endpoint()).isEqualTo(URI.create("http://127.0.0.1:2"));
    }

    @Test
    void an_access_key_with_a_session_token_is_left_to_the_sdk() {
        environment.put("AWS_ACCESS_KEY_ID", "id");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        assertThat(FunctionSettings.from(environment).secrets().accessKey()).isEqualTo(new AccessKey("id", "secret"));
        environment.put("AWS_SESSION_TOKEN", "token");
        assertThat(FunctionSettings.from(environment).secrets().accessKey()).isNull();
        assertThat(FunctionSettings.from(environment).table().accessKey()).isNull();
    }

    @Test
    void metrics_and_cloudfront_are_what_is_named() {
        environment.put("SLUICE_STACK", "Sluice-2");
        environment.put("SLUICE_ORIGIN_SECRET", "origin");
        FunctionSettings settings = FunctionSettings.from(environment);
        assertThat(settings.stack()).isEqualTo("Sluice-2");
        assertThat(settings.withPatience(Duration.ofSeconds(1)).originSecret()).isEqualTo("origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", ":x", "Sl\u00fcice", "{}"})
    void a_stack_that_can_be_none_is_refused(String name) {
        environment.put("SLUICE_STACK", name);
        assertThatThrownBy(() -> FunctionSettings.from(environment))
                .hasMessageStartingWith("SLUICE_STACK is no stack's name");
    }
}
