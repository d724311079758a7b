package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.OpenAiFailures;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.DataUrl;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An upstream's whole answer. Forgiving: what is not understood is left out.
final class AnswerReader {
    private final ToolNames names;
    private final Seal seal;

    AnswerReader(ToolNames names, Seal seal) {
        this.names = names;
        this.seal = seal;
    }

    Outcome<Answer> read(Json.Obj json) {
        if (json.present("error") != null) {
            return Outcome.bad(OpenAiFailures.inStream(json));
        }
        String id = json.text("id", "");
        List<Answer.Choice> choices = new ArrayList<>();
        for (Json item : json.items("choices")) {
            if (item instanceof Json.Obj choice && choice.object("message") instanceof Json.Obj message) {
                choices.add(choice(choice, message, choices.isEmpty() ? id : id + "#" + choices.size()));
            }
        }
        if (choices.isEmpty()) {
            return ChatAnswers.malformed("no choices");
        }
        Long created = json.whole("created");
        Json.Obj usage = json.object("usage");
        return Outcome.ok(new Answer(
                id,
                json.text("model", ""),
                created == null ? 0 : created,
                choices.getFirst().blocks(),
                choices.getFirst().finish(),
                usage == null ? Usage.NONE : UsageJson.read(usage),
                choices.subList(1, choices.size())));
    }

    private Answer.Choice choice(Json.Obj choice, Json.Obj message, String answerId) {
        List<Block> blocks = blocks(message, choice.object("logprobs"), answerId);
        boolean calls = blocks.stream().anyMatch(Block.ToolCall.class::isInstance);
        boolean refused = blocks.stream().anyMatch(Block.Refusal.class::isInstance);
        return new Answer.Choice(blocks, FinishWords.read(choice.text("finish_reason", "stop"), calls, refused));
    }

    private List<Block> blocks(Json.Obj message, Json.@Nullable Obj logprobs, String answerId) {
        List<Block> blocks = new ArrayList<>(ReasoningJson.blocks(new Shape(message, ""), seal));
        String text = text(message);
        if (!text.isEmpty()) {
            List<Citation> citations = PartReader.citations(new Shape(message, ""));
            blocks.add(new Block.Text(text, citations, ChunkDecoder.tokens(logprobs, "content"), Mark.NONE));
        }
        String refusal = message.text("refusal", "");
        if (!refusal.isEmpty()) {
            blocks.add(new Block.Refusal(refusal, ChunkDecoder.tokens(logprobs, "refusal"), Mark.NONE));
        }
        for (Json image : message.items("images")) {
            Block made = image(image);
            if (made != null) {
                blocks.add(made);
            }
        }
        Json.Obj audio = message.object("audio");
        String data = audio == null ? null : audio.text("data");
        if (audio != null && data != null) {
            blocks.add(new Block.Audio(
                    new MediaSource.Base64(data, "audio/wav"), "wav", audio.text("transcript"), Mark.NONE));
        }
        int ordinal = 0;
        for (Json item : message.items("tool_calls")) {
            if (item instanceof Json.Obj call) {
                Block.ToolCall said = call(call, answerId, ordinal++);
                if (said.signature() != null) { // told as a thought, too: as in a stream
                    blocks.add(new Block.Reasoning("", said.signature(), Mark.NONE));
                }
                blocks.add(said);
            }
        }
        Json.Obj legacy = message.object("function_call");
        if (legacy != null && ordinal == 0) {
            blocks.add(call(Json.object().put("function", legacy).build(), answerId, 0));
        }
        return blocks;
    }

    /// The content as one text: a string, or parts as some servers give them.
    private static String text(Json.Obj message) {
        if (message.field("content") instanceof Json.Str(String text)) {
            return text;
        }
        StringBuilder text = new StringBuilder();
        for (Json part : message.items("content")) {
            if (part instanceof Json.Obj object) {
                text.append(object.text("text", ""));
            }
        }
        return text.toString();
    }

    /// A picture the model made, from the de-facto `images[]`; null when it is not inline.
    static Block.@Nullable GeneratedImage image(Json item) {
        Json.Obj url = item instanceof Json.Obj object ? object.object("image_url") : null;
        return url != null
                        && DataUrl.source(url.text("url", "")) instanceof MediaSource.Base64(String data, String mime)
                ? new Block.GeneratedImage(data, mime, Mark.NONE)
                : null;
    }

    private Block.ToolCall call(Json.Obj call, String answerId, int ordinal) {
        Json.Obj custom = call.object("custom");
        Json.Obj function = call.object("function");
        Json.Obj body = custom != null ? custom : function == null ? Json.Obj.EMPTY : function;
        String name = body.text("name", "");
        String id = call.text("id", "");
        ToolNames.Original original = names.toClient(name);
        Tool.Kind kind = custom != null ? Tool.Kind.CUSTOM : original.kind();
        return new Block.ToolCall(
                id.isEmpty() ? mintedId(answerId, ordinal, name) : id,
                original.name(),
                original.namespace(),
                kind,
                custom != null ? custom.text("input", "") : arguments(body, original),
                signature(call, seal),
                Mark.NONE);
    }

    private static String arguments(Json.Obj function, ToolNames.Original original) {
        String text = function.field("arguments") instanceof Json.Obj object
                ? JsonText.print(object)
                : function.text("arguments", "");
        if (original.property() == null) {
            return text;
        }
        PropertyText input = new PropertyText(original.property());
        return input.feed(text) + input.end();
    }

    /// An id for a call that came without one: from the answer and its place, so that it is the same each time.
    static String mintedId(String answerId, int ordinal, String name) {
        return "call_" + ToolNames.hash(answerId + "/" + ordinal + "/" + name) + ordinal;
    }

    static @Nullable Signature signature(Json.Obj call, Seal seal) {
        Json.Obj extra = call.object("extra_content");
        Json.Obj google = extra == null ? null : extra.object("google");
        String value = google == null ? "" : google.text("thought_signature", "");
        if (Seal.isSealed(value)) {
            return seal.open(value).map(Seal.Content::signature).orElse(null);
        }
        return value.isEmpty() ? null : new Signature(Dialect.GEMINI, value);
    }
}
