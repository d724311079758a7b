package dev.sluice.core.counting;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Extras;
import dev.sluice.model.Json;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tokens of a request's prompt by estimate, with a margin: a tool that compacts too early loses less than one that
/// sends too much.
///
/// Counts the instructions, the conversation, tools with their schemas, the answer's schema, and what the vendors put
/// around each of them. Thread-safe.
public final class PromptTokens {
    /// The family whose models use the vocabularies that are counted by.
    private static final String OWN_FAMILY = "openai";

    private static final long OWN_PERCENT = 105;

    /// Beyond that divergence, for vendors that publish no vocabulary of today's models.
    private static final long FOREIGN_PERCENT = 160;

    private static final long PRIMING = 12;
    private static final long PER_MESSAGE = 7;
    private static final long PER_CALL = 16;
    private static final long PER_TOOL = 20;

    /// Vendors explain tools to the model in words of their own.
    private static final long TOOL_PREAMBLE = 60;

    private static final long FOREIGN_TOOL_PREAMBLE = 810;
    private static final long PER_NATIVE_TOOL = 900;
    private static final long PER_SCHEMA = 60;

    /// Characters of a proof for one token of the thoughts that it stands for.
    private static final long PROOF_CHARACTERS = 4;

    private final boolean isOwn;
    private long words;
    private long media;
    private long around = PRIMING;

    private PromptTokens(boolean isOwn) {
        this.isOwn = isOwn;
    }

    /// @param model what is known of the model that shall read it
    public static long of(ChatRequest request, Capabilities model) {
        boolean own = OWN_FAMILY.equals(model.family());
        PromptTokens tokens = new PromptTokens(own);
        request.system().forEach(text -> tokens.message(List.of(text)));
        for (Message message : request.messages()) {
            tokens.text(message.name());
            tokens.message(message.blocks());
        }
        if (!request.tools().isEmpty()) {
            tokens.around += own ? TOOL_PREAMBLE : FOREIGN_TOOL_PREAMBLE;
            tokens.tools(request.tools());
        }
        if (request.format() instanceof ResponseFormat.JsonSchema schema) {
            tokens.around += PER_SCHEMA;
            tokens.text(schema.name());
            tokens.text(schema.description());
            tokens.json(schema.schema());
        }
        long percent = own ? OWN_PERCENT : FOREIGN_PERCENT;
        return (tokens.words * percent + 99) / 100 + tokens.media + tokens.around;
    }

    private void text(@Nullable String text) {
        if (text != null && !text.isEmpty()) {
            words += Vocabularies.tokens(text) + (isOwn ? 0 : Divergence.of(text));
        }
    }

    private void json(Json.@Nullable Obj json) {
        if (json != null) {
            text(JsonText.print(json));
        }
    }

    private void extras(Extras extras) {
        if (!extras.isEmpty()) {
            json(extras.fields());
        }
    }

    private void message(List<? extends Block> blocks) {
        around += PER_MESSAGE;
        blocks.forEach(this::block);
    }

    private void block(Block block) {
        switch (block) {
            case Block.Text text -> text(text.text());
            case Block.Refusal refusal -> text(refusal.text());
            case Block.Image image -> media += MediaTokens.image(image.source());
            case Block.GeneratedImage image ->
                media += MediaTokens.image(new MediaSource.Base64(image.base64(), image.mime()));
            case Block.Document document -> {
                String words = MediaTokens.text(document.source());
                media += words == null ? MediaTokens.document(document.source()) : 0;
                text(words);
                text(document.name());
                text(document.context());
            }
            case Block.Audio audio -> {
                media += MediaTokens.stream(audio.source());
                text(audio.transcript());
            }
            case Block.Video video -> media += MediaTokens.stream(video.source());
            case Block.Reasoning reasoning -> reasoning(reasoning);
            case Block.EncryptedReasoning reasoning -> proof(reasoning.data().value());
            case Block.ToolCall call -> {
                around += PER_CALL;
                text(call.namespace());
                text(call.name());
                text(call.arguments());
            }
            case Block.ToolResult result -> {
                around += PER_CALL;
                text(result.toolName());
                result.content().forEach(this::block);
            }
            case Block.ServerToolCall call -> json(call.raw());
            case Block.ServerToolResult result -> json(result.raw());
            case Block.Unmodelled unmodelled -> json(unmodelled.raw());
            case Block.SearchResult found -> {
                text(found.source());
                text(found.title());
                found.content().forEach(this::block);
            }
        }
    }

    private void reasoning(Block.Reasoning reasoning) {
        if (!reasoning.text().isEmpty()) {
            text(reasoning.text());
        } else if (reasoning.signature() != null) {
            proof(reasoning.signature().value());
        }
    }

    private void proof(String value) {
        words += value.length() / PROOF_CHARACTERS + 1;
    }

    private void tools(List<Tool> tools) {
        for (Tool tool : tools) {
            around += PER_TOOL;
            text(tool.name());
            switch (tool) {
                case Tool.Function function -> {
                    text(function.description());
                    json(function.schema());
                    extras(function.extras());
                }
                case Tool.Custom custom -> {
                    text(custom.description());
                    text(custom.grammar() == null ? null : custom.grammar().definition());
                    extras(custom.extras());
                }
                case Tool.Namespace namespace -> {
                    text(namespace.description());
                    tools(namespace.tools());
                }
                case Tool.Native own -> {
                    around += PER_NATIVE_TOOL;
                    json(own.raw());
                }
            }
        }
    }
}
