package dev.sluice.protocol.translate;

import static dev.sluice.model.Message.Role.ASSISTANT;
import static dev.sluice.model.Message.Role.SYSTEM;
import static dev.sluice.model.Message.Role.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.Tool;
import dev.sluice.protocol.vectors.SplitMix64;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NormaliserTest {
    private static final IdRules ANTHROPIC = new IdRules(0, true);
    private static final IdRules FORTY = new IdRules(40, false);

    private static ChatRequest request(Message... messages) {
        return new ChatRequest.Builder(Dialect.OPENAI_CHAT)
                .messages(List.of(messages))
                .build();
    }

    private static List<Message> normal(IdRules rules, Message... messages) {
        return Normaliser.normalise(request(messages), rules).messages();
    }

    private static Message user(Block... blocks) {
        return new Message(USER, List.of(blocks));
    }

    private static Message assistant(Block... blocks) {
        return new Message(ASSISTANT, List.of(blocks));
    }

    private static Block text(String text) {
        return new Block.Text(text);
    }

    private static Block.ToolCall call(String id, String name) {
        return new Block.ToolCall(id, name, null, Tool.Kind.FUNCTION, "{}", null, Mark.NONE);
    }

    private static Block.ToolResult result(String id, String words) {
        return new Block.ToolResult(id, null, List.of(text(words)), false, Mark.NONE);
    }

    private static Block.ToolResult named(String name, String words) {
        return new Block.ToolResult("", name, List.of(text(words)), false, Mark.NONE);
    }

    private static List<String> ids(Message message) {
        return message.blocks().stream()
                .map(block -> switch (block) {
                    case Block.ToolCall call -> call.id();
                    case Block.ToolResult result -> result.callId();
                    default -> "-";
                })
                .toList();
    }

    private static String words(Block block) {
        return switch (block) {
            case Block.Text text -> text.text();
            case Block.ToolResult result ->
                String.join(
                        "", result.content().stream().map(NormaliserTest::words).toList());
            default -> "";
        };
    }

    @Test
    void leaves_a_normal_request_as_the_same_instance() {
        ChatRequest request = request(
                user(text("q")),
                assistant(call("a", "f"), call("b", "f")),
                user(result("a", "1"), result("b", "2"), text("go on")));
        assertThat(Normaliser.normalise(request, ANTHROPIC)).isSameAs(request);
        ChatRequest again = request(
                user(text("1")), assistant(text("2")), new Message(SYSTEM, List.of(text("3"))), user(text("4")));
        assertThat(Normaliser.normalise(again, FORTY)).isSameAs(again);
    }

    @Test
    void merges_neighbouring_turns_of_one_role() {
        List<Message> turns =
                normal(ANTHROPIC, user(text("1")), user(text("2")), assistant(text("3")), assistant(text("4")));
        assertThat(turns).containsExactly(user(text("1"), text("2")), assistant(text("3"), text("4")));
    }

    @Test
    void keeps_turns_of_different_speakers_and_system_turns_apart() {
        Message ann = new Message(USER, List.of(text("1")), "ann", "");
        Message bob = new Message(USER, List.of(text("2")), "bob", "");
        Message system = new Message(SYSTEM, List.of(text("3")));
        assertThat(normal(ANTHROPIC, ann, bob, system, system)).containsExactly(ann, bob, system, system);
    }

    @Test
    void puts_results_first_and_in_the_order_of_the_calls() {
        List<Message> turns = normal(
                ANTHROPIC,
                assistant(call("a", "f"), call("b", "f")),
                user(text("by the way"), result("b", "2")),
                user(result("a", "1")));
        assertThat(turns).hasSize(2);
        assertThat(ids(turns.get(1))).containsExactly("a", "b", "-");
    }

    @Test
    void moves_late_results_to_their_call_and_system_turns_behind_the_results() {
        Message system = new Message(SYSTEM, List.of(text("s")));
        List<Message> turns = normal(
                ANTHROPIC,
                assistant(call("a", "f")),
                system,
                user(text("wait")),
                assistant(text("ok")),
                user(result("a", "1")));
        assertThat(turns)
                .containsExactly(
                        assistant(call("a", "f")),
                        user(result("a", "1")),
                        system,
                        user(text("wait")),
                        assistant(text("ok")));
    }

    @Test
    void answers_unanswered_calls_with_an_error() {
        List<Message> turns =
                normal(ANTHROPIC, assistant(call("a", "f"), call("b", "g")), user(result("a", "1"), text("stop")));
        Block.ToolResult synthetic = (Block.ToolResult) turns.get(1).blocks().get(1);
        assertThat(synthetic.callId()).isEqualTo("b");
        assertThat(synthetic.isError()).isTrue();
        assertThat(synthetic.toolName()).isEqualTo("g");
        assertThat(words(synthetic)).contains("interrupted");
    }

    @Test
    void answers_calls_at_the_end_of_the_conversation() {
        List<Message> turns = normal(ANTHROPIC, user(text("q")), assistant(call("a", "f")));
        assertThat(turns).hasSize(3);
        assertThat(ids(turns.get(2))).containsExactly("a");
    }

    @Test
    void turns_results_without_a_call_into_words_of_the_user() {
        List<Message> turns = normal(ANTHROPIC, user(text("1")), user(result("x", "stale")), user(text("2")));
        assertThat(turns).hasSize(1);
        assertThat(turns.getFirst().blocks()).allMatch(block -> block instanceof Block.Text);
        assertThat(String.join(
                        "|",
                        turns.getFirst().blocks().stream()
                                .map(NormaliserTest::words)
                                .toList()))
                .contains("stale")
                .contains("no longer part");
    }

    @Test
    void a_second_result_of_one_call_is_an_orphan() {
        List<Message> turns = normal(ANTHROPIC, assistant(call("a", "f")), user(result("a", "1"), result("a", "2")));
        assertThat(ids(turns.get(1))).containsExactly("a", "-", "-");
    }

    @Test
    void pairs_results_without_ids_by_name_and_then_by_order() {
        List<Message> turns = normal(
                ANTHROPIC,
                assistant(call("", "f"), call("", "g"), call("", "f")),
                user(named("g", "rg"), named("f", "rf1"), named("f", "rf2")));
        assertThat(ids(turns.get(0))).doesNotHaveDuplicates().allMatch(id -> id.startsWith("call_"));
        assertThat(ids(turns.get(1))).isEqualTo(ids(turns.get(0)));
        assertThat(turns.get(1).blocks()).extracting(NormaliserTest::words).containsExactly("rf1", "rg", "rf2");
    }

    @Test
    void mints_the_same_ids_again_when_the_conversation_has_grown() {
        Message turn = assistant(call("", "f"), call("", "f"));
        List<Message> before = normal(ANTHROPIC, user(text("q")), turn);
        List<Message> after = normal(ANTHROPIC, user(text("q")), turn, user(text("more")), assistant(call("", "f")));
        assertThat(ids(after.get(1))).isEqualTo(ids(before.get(1)));
        assertThat(ids(after.get(3))).doesNotContainAnyElementsOf(ids(before.get(1)));
    }

    @Test
    void mints_doubled_ids_anew_per_turn_with_their_results() {
        List<Message> turns = normal(
                ANTHROPIC,
                assistant(call("call_0", "f")),
                user(result("call_0", "1")),
                assistant(call("call_0", "f")),
                user(result("call_0", "2")));
        assertThat(ids(turns.get(0))).containsExactly("call_0");
        assertThat(ids(turns.get(2))).isNotEqualTo(ids(turns.get(0))).isEqualTo(ids(turns.get(3)));
        assertThat(words(turns.get(3).blocks().getFirst())).isEqualTo("2");
    }

    @Test
    void a_minted_id_never_takes_one_that_the_client_uses() {
        List<Message> turns = normal(ANTHROPIC, assistant(call("a", "f"), call("a", "f"), call("a_2", "f")));
        assertThat(ids(turns.get(0))).doesNotHaveDuplicates().contains("a", "a_2");
    }

    @Test
    void legalises_ids_without_joining_two() {
        List<Message> turns = normal(
                ANTHROPIC, assistant(call("a.b", "f"), call("a:b", "f")), user(result("a.b", "1"), result("a:b", "2")));
        assertThat(ids(turns.get(0))).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-zA-Z0-9_-]+"));
        assertThat(ids(turns.get(1))).isEqualTo(ids(turns.get(0)));
    }

    @Test
    void keeps_ids_apart_even_where_the_client_uses_the_legal_form_of_another() {
        String taken = ANTHROPIC.legal("a.b");
        List<Message> turns = normal(ANTHROPIC, assistant(call("a.b", "f"), call(taken, "f")));
        assertThat(ids(turns.get(0))).doesNotHaveDuplicates();
    }

    @Test
    void shortens_long_ids_only() {
        String longId = "call_" + "x".repeat(46);
        List<Message> turns =
                normal(FORTY, assistant(call(longId, "f"), call("odd:id", "f")), user(result(longId, "1")));
        assertThat(ids(turns.get(0)).get(0)).hasSize(40);
        assertThat(ids(turns.get(0)).get(1)).isEqualTo("odd:id");
        assertThat(ids(turns.get(1))).isEqualTo(ids(turns.get(0)));
    }

    @Test
    void drops_empty_text_and_what_becomes_empty_by_it() {
        Block empty = new Block.Reasoning("", null, Mark.NONE);
        List<Message> turns =
                normal(ANTHROPIC, user(text("1")), assistant(text(""), empty), user(text(" \n"), text("2")));
        assertThat(turns).containsExactly(user(text("1"), text("2")));
    }

    @Test
    void keeps_a_signature_without_words() {
        Block signed = new Block.Reasoning("", new dev.sluice.model.Signature(Dialect.ANTHROPIC, "s"), Mark.NONE);
        Message turn = assistant(signed, text("a"));
        assertThat(normal(ANTHROPIC, turn)).containsExactly(turn);
    }

    @Test
    void moves_the_breakpoint_of_an_empty_block_to_the_one_before() {
        Block marked = new Block.Text("", new Mark("", Mark.CacheTtl.ONE_HOUR));
        List<Message> turns = normal(ANTHROPIC, user(text("1"), marked));
        assertThat(turns.getFirst().blocks()).hasSize(1);
        assertThat(turns.getFirst().blocks().getFirst().mark().cache()).isEqualTo(Mark.CacheTtl.ONE_HOUR);
    }

    @Test
    void drops_empty_text_inside_results_and_from_the_system_prompt() {
        Block.ToolResult hollow = new Block.ToolResult("a", null, List.of(text(""), text("x")), false, Mark.NONE);
        ChatRequest request = new ChatRequest.Builder(Dialect.ANTHROPIC)
                .system(List.of(new Block.Text(""), new Block.Text("S")))
                .messages(List.of(assistant(call("a", "f")), user(hollow)))
                .build();
        ChatRequest normal = Normaliser.normalise(request, ANTHROPIC);
        assertThat(normal.system()).containsExactly(new Block.Text("S"));
        assertThat(normal.messages().get(1)).isEqualTo(user(result("a", "x")));
    }

    @Test
    void every_conversation_comes_out_well_formed_and_stays_as_it_is_when_done_again() {
        for (int seed = 0; seed < 3000; seed++) {
            ChatRequest normal = Normaliser.normalise(random(new SplitMix64(seed)), ANTHROPIC);
            assertWellFormed(normal.messages(), seed);
            assertThat(Normaliser.normalise(normal, ANTHROPIC))
                    .as("seed " + seed)
                    .isSameAs(normal);
        }
    }

    private static ChatRequest random(SplitMix64 random) {
        List<Message> messages = new ArrayList<>();
        String[] ids = {"", "a", "b", "a.b", "a:b", "a_2"};
        for (int i = random.below(8); i >= 0; i--) {
            Message.Role role = List.of(USER, ASSISTANT, SYSTEM).get(random.below(3));
            List<Block> blocks = new ArrayList<>();
            for (int j = random.below(4); j > 0; j--) {
                String id = ids[random.below(ids.length)];
                int kind = random.below(3);
                blocks.add(
                        kind == 0 || role == SYSTEM
                                ? text(random.below(4) == 0 ? "" : "t")
                                : role == ASSISTANT ? call(id, "f") : id.isEmpty() ? named("f", "r") : result(id, "r"));
            }
            messages.add(new Message(role, blocks));
        }
        return request(messages.toArray(Message[]::new));
    }

    private static void assertWellFormed(List<Message> turns, int seed) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < turns.size(); i++) {
            Message turn = turns.get(i);
            assertThat(turn.blocks())
                    .as("seed " + seed)
                    .isNotEmpty()
                    .noneMatch(block -> words(block).isEmpty() && block instanceof Block.Text);
            List<String> calls = turn.blocks().stream()
                    .filter(block -> block instanceof Block.ToolCall)
                    .map(block -> ((Block.ToolCall) block).id())
                    .toList();
            assertThat(calls).as("seed " + seed).allMatch(seen::add).allMatch(id -> id.matches("[a-zA-Z0-9_-]+"));
            List<Block> next = i + 1 < turns.size() ? turns.get(i + 1).blocks() : List.of();
            List<String> answers = next.stream()
                    .takeWhile(block -> block instanceof Block.ToolResult)
                    .map(block -> ((Block.ToolResult) block).callId())
                    .toList();
            assertThat(answers).as("seed " + seed).isEqualTo(calls);
            long results = next.stream()
                    .filter(block -> block instanceof Block.ToolResult)
                    .count();
            assertThat(results).as("seed " + seed).isEqualTo(answers.size());
        }
    }
}
