package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Signature;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Tool;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Logprobs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer for a Chat client. One per choice.
final class AnswerWriter {
    private final Seal seal;
    private final boolean legacy;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<Json> details = new ArrayList<>();
    private final List<Json> calls = new ArrayList<>();
    private final List<TokenLogprob> tokens = new ArrayList<>(0);
    private final List<TokenLogprob> refusalTokens = new ArrayList<>(0);
    private final List<Json> annotations = new ArrayList<>();
    private final List<Json> images = new ArrayList<>();

    private AnswerWriter(ClientContext client, Seal seal) {
        this.seal = seal;
        this.legacy = isLegacy(client);
    }

    /// Whether the client still speaks of `functions`.
    static boolean isLegacy(ClientContext client) {
        return client.request().client() == Dialect.OPENAI_CHAT
                && client.request().pathOf(Field.TOOLS).equals("functions");
    }

    static String id(String upstream, ClientContext client) {
        return upstream.startsWith("chatcmpl-") ? upstream : "chatcmpl-" + client.answerId();
    }

    static Json.Obj write(Answer answer, ClientContext client, Seal seal) {
        List<Json> choices = new ArrayList<>();
        choices.add(new AnswerWriter(client, seal).choice(0, answer.blocks(), answer.finish()));
        for (Answer.Choice other : answer.others()) {
            choices.add(new AnswerWriter(client, seal).choice(choices.size(), other.blocks(), other.finish()));
        }
        String model = answer.model().isEmpty() ? client.request().model() : answer.model();
        return Json.object()
                .put("id", id(answer.id(), client))
                .put("object", "chat.completion")
                .put("created", answer.created() > 0 ? answer.created() : client.now())
                .put("model", model)
                .put("choices", new Json.Arr(choices))
                .put("usage", UsageJson.write(answer.usage()))
                .build();
    }

    private Json.Obj choice(int index, List<Block> blocks, Finish finish) {
        blocks.forEach(this::take);
        boolean called = !calls.isEmpty();
        return Json.object()
                .put("index", index)
                .put("message", message())
                .put("logprobs", logprobs(tokens, refusalTokens))
                .put("finish_reason", FinishWords.write(finish.reason(), called, !refusal.isEmpty(), legacy))
                .build();
    }

    /// What a choice says of its tokens; null: nothing.
    static Json logprobs(List<TokenLogprob> content, List<TokenLogprob> refusal) {
        return content.isEmpty() && refusal.isEmpty()
                ? Json.NULL
                : Json.object()
                        .put("content", content.isEmpty() ? Json.NULL : Logprobs.write(content, Json.NULL))
                        .put("refusal", refusal.isEmpty() ? Json.NULL : Logprobs.write(refusal, Json.NULL))
                        .build();
    }

    private Json.Obj message() {
        Json.Builder message = Json.object()
                .put("role", "assistant")
                .put("content", text.isEmpty() ? Json.NULL : Json.of(text.toString()))
                .put("refusal", refusal.isEmpty() ? Json.NULL : Json.of(refusal.toString()))
                .putIf("reasoning_content", reasoning.isEmpty() ? null : reasoning.toString())
                .putIf("reasoning_details", arrayOrNull(details))
                .putIf("annotations", arrayOrNull(annotations))
                .putIf("images", arrayOrNull(images));
        if (legacy && !calls.isEmpty() && calls.getFirst() instanceof Json.Obj call) {
            return message.putIf("function_call", call.object("function")).build();
        }
        return message.putIf("tool_calls", arrayOrNull(calls)).build();
    }

    private static @Nullable Json arrayOrNull(List<Json> items) {
        return items.isEmpty() ? null : new Json.Arr(items);
    }

    private void take(Block block) {
        switch (block) {
            case Block.Text said -> {
                text.append(said.text());
                tokens.addAll(said.logprobs());
                said.citations().forEach(citation -> add(annotations, annotation(citation)));
            }
            case Block.Refusal said -> {
                refusal.append(said.text());
                refusalTokens.addAll(said.logprobs());
            }
            case Block.Reasoning thought -> {
                reasoning.append(thought.text());
                if (thought.signature() != null) {
                    details.add(ReasoningJson.text(thought.text(), thought.signature(), details.size(), seal));
                }
            }
            case Block.EncryptedReasoning hidden -> add(details, ReasoningJson.encrypted(hidden, details.size(), seal));
            case Block.ToolCall call -> calls.add(call(call));
            case Block.GeneratedImage made -> images.add(image(made));
            case Block.Image _, Block.Document _, Block.Audio _, Block.Video _ -> {}
            case Block.ToolResult _, Block.SearchResult _, Block.Unmodelled _ -> {}
            case Block.ServerToolCall _, Block.ServerToolResult _ -> {}
        }
    }

    private static void add(List<Json> list, @Nullable Json item) {
        if (item != null) {
            list.add(item);
        }
    }

    static Json.@Nullable Obj annotation(Citation citation) {
        if (citation.dialect() == Dialect.OPENAI_CHAT) {
            return citation.raw();
        }
        if (citation.url() == null) {
            return null;
        }
        // Responses says the same in a flat form
        Json.Obj flat = citation.dialect() == Dialect.OPENAI_RESPONSES ? citation.raw() : Json.Obj.EMPTY;
        Citation.Range range = citation.range();
        Json.Obj source = Json.object()
                .put("start_index", range == null ? or0(flat.whole("start_index")) : range.start())
                .put("end_index", range == null ? or0(flat.whole("end_index")) : range.end())
                .put("title", citation.title() == null ? "" : citation.title())
                .put("url", citation.url())
                .build();
        return Json.object()
                .put("type", "url_citation")
                .put("url_citation", source)
                .build();
    }

    private static long or0(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    static Json.Obj image(Block.GeneratedImage made) {
        String url = "data:" + made.mime() + ";base64," + made.base64();
        return Json.object()
                .put("type", "image_url")
                .put("image_url", Json.object().put("url", url).build())
                .build();
    }

    private Json.Obj call(Block.ToolCall call) {
        Json.Builder json = Json.object().put("id", call.id());
        if (call.kind() == Tool.Kind.CUSTOM) {
            Json.Obj custom = Json.object()
                    .put("name", call.name())
                    .put("input", call.arguments())
                    .build();
            json.put("type", "custom").put("custom", custom);
        } else {
            Json.Obj function = Json.object()
                    .put("name", call.name())
                    .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments())
                    .build();
            json.put("type", "function").put("function", function);
        }
        return json.putIf("extra_content", extraContent(call.signature(), seal)).build();
    }

    /// Where a call's own signature travels: in the field that its issuer gave it, others sealed.
    static Json.@Nullable Obj extraContent(@Nullable Signature signature, Seal seal) {
        if (signature == null) {
            return null;
        }
        boolean isOwn = signature.issuer() == Dialect.GEMINI;
        return MessageWriter.thoughtSignature(
                isOwn ? signature.value() : seal.seal(new Seal.Content(signature, false, null, null)));
    }
}
