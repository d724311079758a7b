package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.protocol.Outline;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicOutlineTest {
    @Test
    void finds_what_routing_needs() {
        Outline outline = Messages.ok(Messages.outlined("""
                {"model":"m","stream":true,"max_tokens":12,"tools":[{"name":"f"}],"messages":[],
                 "thinking":{"type":"adaptive"}}"""));

        assertThat(outline.model()).isEqualTo("m");
        assertThat(outline.stream()).isTrue();
        assertThat(outline.maxOutputTokens()).isEqualTo(12);
        assertThat(outline.wants()).containsExactlyInAnyOrder(Field.TOOLS, Field.REASONING);
    }

    @Test
    void wants_nothing_of_empty_tools_and_disabled_thought() {
        Outline outline = Messages.ok(Messages.outlined(
                "{\"model\":\"m\",\"tools\":[],\"thinking\":{\"type\":\"disabled\"},\"messages\":[]}"));

        assertThat(outline.wants()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"output_config\":{\"format\":{\"type\":\"json_schema\"}}              | RESPONSE_FORMAT",
                "\"output_config\":{\"format\":null}                              | ``",
                "\"output_format\":{\"type\":\"json_schema\"}                         | RESPONSE_FORMAT",
                "\"tools\":[{\"type\": \"web_search_20250305\",\"name\":\"web_search\"}] | TOOLS WEB_SEARCH",
                "\"tools\":[{\"name\":\"web_search\",\"input_schema\":{}}]             | TOOLS",
            })
    void tells_what_not_every_model_can_do(String field, String wants) {
        Outline outline = Messages.ok(Messages.outlined("{\"model\":\"m\",\"messages\":[]," + field + "}"));

        assertThat(outline.wants().stream().map(Field::name).collect(Collectors.joining(" ")))
                .isEqualTo(wants);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{}}]}] | true",
                "[{\"role\":\"user\",\"content\":\"what is an \\\"image\\\"?\"}]        | false",
                "[{\"role\":\"user\",\"content\":\"image\\\\\"}]                    | false",
            })
    void tells_images_without_decoding(String messages, boolean images) {
        Outline outline = Messages.ok(
                Messages.outlined("{\"model\":\"image\",\"system\":\"image\",\"messages\":" + messages + "}"));

        assertThat(outline.carriesImages()).isEqualTo(images);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model|{\"model\":1}",
                "messages|{\"messages\":\"x\"}",
                "stream|{\"stream\":\"true\"}",
                "max_tokens|{\"max_tokens\":\"12\"}",
                "max_tokens|{\"max_tokens\":1.5}"
            })
    void refuses_a_wrong_type_with_its_name(String param, String body) {
        Failure.Refused refused = (Failure.Refused) Messages.bad(Messages.outlined(body));

        assertThat(refused.kind()).isEqualTo(Failure.Kind.INVALID_REQUEST);
        assertThat(refused.param()).isEqualTo(param);
    }

    @Test
    void refuses_what_is_no_json() {
        assertThat(Messages.bad(Messages.outlined("{\"model\": \"m\", ")).kind())
                .isEqualTo(Failure.Kind.INVALID_REQUEST);
    }

    @Test
    void takes_the_session_from_both_forms_of_user_id() {
        assertThat(AnthropicOutline.sessionOf("{\"device_id\":\"d\",\"session_id\":\"s-1\"}"))
                .isEqualTo("s-1");
        assertThat(AnthropicOutline.sessionOf("user_ab_account__session_3966a2a4-b948"))
                .isEqualTo("3966a2a4-b948");
        assertThat(AnthropicOutline.sessionOf("somebody")).isNull();
        assertThat(AnthropicOutline.sessionOf("{broken")).isNull();
    }
}
