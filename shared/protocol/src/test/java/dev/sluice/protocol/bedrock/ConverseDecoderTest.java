package dev.sluice.protocol.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConverseDecoderTest {
    private final ToolNames names = new ToolNames(64);
    private final EventDecoder decoder = new BedrockCodec().answers().decoder(names);
    private final List<StreamEvent> events = new ArrayList<>();

    private ConverseDecoderTest feed(String event, String data) {
        decoder.feed(Frame.of(event, data.replace('\'', '"')), events::add);
        return this;
    }

    private ConverseDecoderTest delta(int index, String delta) {
        return feed("contentBlockDelta", "{'contentBlockIndex':" + index + ",'delta':" + delta + ",'p':'abc'}");
    }

    private void end() {
        decoder.end(false, events::add);
    }

    private Failure.Upstream failure() {
        assertThat(events).last().isInstanceOf(StreamEvent.Failed.class);
        return (Failure.Upstream) ((StreamEvent.Failed) events.getLast()).failure();
    }

    @Test
    void words_open_a_block_by_their_first_piece() {
        delta(0, "{'text':'a'}").delta(0, "{'text':''}").delta(0, "{'text':'b'}");
        feed("contentBlockStop", "{'contentBlockIndex':0}");

        assertThat(events)
                .containsExactly(
                        new StreamEvent.Started("", "", 0),
                        new StreamEvent.BlockOpened(0, Opening.TEXT),
                        new StreamEvent.TextDelta(0, "a"),
                        new StreamEvent.TextDelta(0, "b"),
                        new StreamEvent.BlockClosed(0));
    }

    @Test
    void the_finish_waits_for_the_usage() {
        feed("messageStart", "{}").delta(0, "{'text':'a'}").feed("messageStop", "{'stopReason':'max_tokens'}");
        assertThat(events).last().isEqualTo(new StreamEvent.BlockClosed(0));

        feed("metadata", "{'usage':{'inputTokens':1,'outputTokens':2}}");

        assertThat(events)
                .endsWith(
                        new StreamEvent.UsageReported(Usage.of(1, 2)),
                        new StreamEvent.Finished(Finish.of(Finish.Reason.LENGTH)));
        end();
        feed("messageStart", "{}");
        assertThat(events).filteredOn(StreamEvent::isTerminal).hasSize(1);
    }

    @Test
    void an_end_without_usage_is_an_end() {
        feed("messageStop", "{'stopReason':'end_turn'}").end();

        assertThat(events).last().isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void usage_before_the_stop_is_no_end() {
        feed("metadata", "{'usage':{'inputTokens':1}}").feed("messageStop", "{}");
        assertThat(events).noneMatch(StreamEvent::isTerminal);

        end();

        assertThat(events).last().isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void bytes_that_end_before_the_stop_are_a_truncated_answer() {
        delta(0, "{'text':'a'}").end();

        assertThat(failure().category()).isEqualTo(Failure.Category.TRUNCATED);
    }

    @Test
    void a_call_is_the_clients_own_tool() {
        names.put("patch", new ToolNames.Original("apply", "ns", Tool.Kind.CUSTOM, "input"));
        feed("contentBlockStart", "{'contentBlockIndex':3,'start':{'toolUse':{'toolUseId':'t','name':'patch'}}}");
        delta(3, "{'toolUse':{'input':''}}")
                .delta(3, "{'toolUse':{'input':'{\\'input\\':\\'a'}}")
                .delta(3, "{'toolUse':{'input':'b\\'}'}}")
                .feed("messageStop", "{'stopReason':'end_turn'}")
                .end();

        assertThat(events)
                .containsExactly(
                        new StreamEvent.Started("", "", 0),
                        new StreamEvent.BlockOpened(
                                0, new Opening.ToolCall("t", "apply", "ns", Tool.Kind.CUSTOM, null)),
                        new StreamEvent.ArgumentsDelta(0, "a"),
                        new StreamEvent.ArgumentsDelta(0, "b"),
                        new StreamEvent.BlockClosed(0),
                        new StreamEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
    }

    @Test
    void sealed_thoughts_are_one_block_however_many_pieces() {
        delta(0, "{'reasoningContent':{'redactedContent':'QUJD'}}")
                .delta(0, "{'reasoningContent':{'redactedContent':'REVG'}}")
                .feed("contentBlockStop", "{'contentBlockIndex':0}");

        assertThat(events)
                .contains(new StreamEvent.BlockOpened(
                        0,
                        new Opening.Whole(new Block.EncryptedReasoning(
                                new Signature(Dialect.ANTHROPIC, "QUJDREVG"), null, dev.sluice.model.Mark.NONE))));
    }

    @Test
    void another_kind_in_the_same_place_is_another_block() {
        delta(0, "{'reasoningContent':{'text':'h'}}").delta(0, "{'text':'a'}");

        assertThat(events)
                .containsExactly(
                        new StreamEvent.Started("", "", 0),
                        new StreamEvent.BlockOpened(0, Opening.REASONING),
                        new StreamEvent.TextDelta(0, "h"),
                        new StreamEvent.BlockClosed(0),
                        new StreamEvent.BlockOpened(1, Opening.TEXT),
                        new StreamEvent.TextDelta(1, "a"));
    }

    @Test
    void what_the_provider_runs_itself_comes_whole_and_is_no_call() {
        feed(
                        "contentBlockStart",
                        "{'contentBlockIndex':0,'start':{'toolUse':{'toolUseId':'t','name':'g','type':'server_tool_use'}}}")
                .delta(0, "{'toolUse':{'input':'{}'}}")
                .feed("contentBlockStart", "{'contentBlockIndex':1,'start':{'toolResult':{'toolUseId':'t'}}}")
                .delta(1, "{'toolResult':[{'text':'found'}]}")
                .feed("contentBlockStart", "{'contentBlockIndex':2,'start':{'image':{'format':'png'}}}")
                .delta(2, "{'image':{'source':{'bytes':'QQ=='}}}")
                .feed("messageStop", "{'stopReason':'end_turn'}")
                .end();

        List<Object> kinds = new ArrayList<>();
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.BlockOpened(int _, Opening.Whole(Block block))) {
                kinds.add(block.getClass());
            }
        }
        assertThat(kinds)
                .containsExactly(Block.ServerToolCall.class, Block.ServerToolResult.class, Block.GeneratedImage.class);
        assertThat(events).last().isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void exceptions_are_judged_by_their_name() {
        feed("exception:throttlingException", "{'message':'slow'}");

        assertThat(failure().category()).isEqualTo(Failure.Category.RATE_LIMITED);
        assertThat(failure().message()).isEqualTo("slow");
    }

    @Test
    void every_exception_has_a_category() {
        List<String> cases = List.of(
                "exception:internalServerException TEMPORARY_ERROR",
                "exception:modelStreamErrorException TEMPORARY_ERROR",
                "exception:validationException INVALID_REQUEST",
                "exception:serviceUnavailableException OVERLOADED",
                "exception:modelTimeoutException TIMEOUT",
                "exception:accessDeniedException FORBIDDEN",
                "exception:somethingYounger TEMPORARY_ERROR",
                "error:InternalError TEMPORARY_ERROR",
                "error: TEMPORARY_ERROR");
        for (String one : cases) {
            List<StreamEvent> told = new ArrayList<>();
            int space = one.indexOf(' ');
            new BedrockCodec()
                    .answers()
                    .decoder(ToolNames.none())
                    .feed(Frame.of(one.substring(0, space), "{\"originalMessage\":\"m\"}"), told::add);
            assertThat(told)
                    .as(one)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            StreamEvent.Failed.class,
                            failed -> assertThat(((Failure.Upstream) failed.failure()).category())
                                    .hasToString(one.substring(space + 1)));
        }
    }

    @Test
    void events_that_are_not_json_or_unknown() {
        feed("initial-response", "").feed("later", "[]").feed("metadata", "nothing");
        assertThat(events).isEmpty();

        feed("contentBlockDelta", "[]");

        assertThat(failure().category()).isEqualTo(Failure.Category.MALFORMED_ANSWER);
    }
}
