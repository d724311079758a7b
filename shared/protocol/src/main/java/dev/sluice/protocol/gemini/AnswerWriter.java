package dev.sluice.protocol.gemini;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.seal.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer for a client. One per candidate.
final class AnswerWriter {
    private final boolean showsThoughts;
    private final Proofs proofs;
    private final List<Json> parts = new ArrayList<>();
    private final List<Citation> citations = new ArrayList<>();
    private final TokenScores scores = new TokenScores();
    private final StringBuilder said = new StringBuilder();
    private @Nullable String unreadable;

    private AnswerWriter(ClientContext client, Seal seal) {
        showsThoughts = PartForm.showsThoughts(client.request());
        proofs = new Proofs(seal);
    }

    static Json.Obj write(Answer answer, ClientContext client, Seal seal) {
        List<Json> candidates = new ArrayList<>();
        candidates.add(new AnswerWriter(client, seal).candidate(0, answer.blocks(), answer.finish()));
        for (Answer.Choice other : answer.others()) {
            candidates.add(new AnswerWriter(client, seal).candidate(candidates.size(), other.blocks(), other.finish()));
        }
        return Json.object()
                .put("candidates", new Json.Arr(candidates))
                .put("usageMetadata", UsageJson.write(answer.usage()))
                .put("modelVersion", answer.model().isEmpty() ? client.request().model() : answer.model())
                .put("responseId", answer.id().isEmpty() ? client.answerId() : answer.id())
                .build();
    }

    private Json.Obj candidate(int index, List<Block> blocks, Finish finish) {
        blocks.forEach(this::take);
        String rest = proofs.rest();
        if (rest != null) {
            parts.add(PartForm.proven(PartForm.text(""), rest));
        }
        Json.Obj content = Json.object()
                .put("role", "model")
                .put("parts", new Json.Arr(parts))
                .build();
        return Json.object()
                .put("content", content)
                .put(
                        "finishReason",
                        unreadable == null ? FinishWords.write(finish.reason()) : FinishWords.MALFORMED_CALL)
                .putIf("finishMessage", unreadable)
                .putIf("avgLogprobs", scores.average())
                .putIf("logprobsResult", scores.take())
                .put("index", index)
                .putIf("groundingMetadata", Grounding.write(citations, said.toString()))
                .build();
    }

    private void take(Block block) {
        switch (block) {
            case Block.Text text -> {
                say(text.text());
                scores.add(text.logprobs());
                citations.addAll(text.citations());
            }
            case Block.Refusal refusal -> {
                say(refusal.text());
                scores.add(refusal.logprobs());
            }
            case Block.Reasoning thought -> {
                if (showsThoughts && !thought.text().isEmpty()) {
                    parts.add(PartForm.thought(thought.text()));
                }
                if (thought.signature() != null) {
                    proofs.thought(thought.text(), thought.signature());
                }
            }
            case Block.EncryptedReasoning hidden -> proofs.hidden(hidden);
            case Block.ToolCall call -> call(call);
            default -> {
                Json.Obj part = PartForm.whole(block);
                if (part != null) {
                    parts.add(part);
                }
            }
        }
    }

    private void say(String text) {
        if (!text.isEmpty()) {
            said.append(text);
            parts.add(PartForm.text(text));
        }
    }

    private void call(Block.ToolCall call) {
        Json.Obj args = PartForm.arguments(call.arguments());
        if (args == null) {
            unreadable = unreadable(call.name(), call.arguments());
            return;
        }
        parts.add(PartForm.proven(PartForm.call(call.id(), call.name(), args), proofs.ofCall(call.signature())));
    }

    /// What a client is told of a call whose arguments it could not read.
    static String unreadable(String name, String arguments) {
        String excerpt = arguments.length() <= 200 ? arguments : arguments.substring(0, 200) + "...";
        return "Malformed function call: " + name + "(" + excerpt;
    }
}
