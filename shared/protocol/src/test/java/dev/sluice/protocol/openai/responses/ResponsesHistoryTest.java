package dev.sluice.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.Outline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponsesHistoryTest {
    private static final Json.Obj FIRST = Asking.json("{'role':'user','content':'first'}");
    private static final Json.Obj ANSWER = Asking.json("{'type':'message','id':'msg_1','role':'assistant',"
            + "'content':[{'type':'output_text','text':'answer','annotations':[]}]}");

    private static String text(Outline outline) {
        return new String(outline.body(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void a_request_goes_on_from_the_answer_it_names() {
        Outline outline = Asking.ok(Asking.outline(
                "{'model':'m','previous_response_id':'resp_1','instructions':'NEW','input':'and now?'}"));

        assertThat(ResponsesHistory.previous(outline)).hasValue("resp_1");
        Outline resumed = Asking.ok(ResponsesHistory.resumed(outline, List.of(FIRST, ANSWER), Map.of()));
        assertThat(ResponsesHistory.previous(resumed)).isEmpty();
        assertThat(resumed.model()).isEqualTo("m");
        assertThat(Asking.ok(Asking.CODEC.requests().decode(resumed)).messages())
                .hasSize(3);
        assertThat(text(resumed)).startsWith("{'model':'m','instructions':'NEW','input':[{'role':'user'");
    }

    @Test
    void named_items_are_put_in_their_place() {
        Outline outline = Asking.ok(Asking.outline(
                "{'input':[{'type':'item_reference','id':'msg_1'},{'id':'msg_1'}," + Asking.USER + "]}"));

        assertThat(ResponsesHistory.references(outline)).containsExactly("msg_1", "msg_1");
        assertThat(ResponsesHistory.input(
                        Asking.ok(ResponsesHistory.resumed(outline, List.of(), Map.of("msg_1", ANSWER)))))
                .containsExactly(ANSWER, ANSWER, Asking.json(Asking.USER));
    }

    @Test
    void an_item_that_is_not_there_is_named() {
        Outline outline = Asking.ok(Asking.outline("{'input':[{'type':'item_reference','id':'msg_9'}]}"));

        assertThat(Asking.bad(ResponsesHistory.resumed(outline, List.of(), Map.of()))
                        .message())
                .contains("msg_9");
    }

    @Test
    void a_request_without_input_has_what_came_before() {
        Outline outline = Asking.ok(Asking.outline("{'previous_response_id':'resp_1'}"));

        assertThat(ResponsesHistory.input(outline)).isEmpty();
        assertThat(ResponsesHistory.input(Asking.ok(ResponsesHistory.resumed(outline, List.of(FIRST), Map.of()))))
                .containsExactly(FIRST);
    }
}
