package dev.sluice.protocol.ollama;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.BillingLine;
import dev.sluice.protocol.translate.ErrorText;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The conversation as Ollama has it: one text and its pictures in each message, one tool message for each result.
final class MessageWriter {

    private final ChatRequest request;
    private final TargetProfile target;
    private final Losses losses;
    private final ToolNames names;
    private final Map<String, String> toolOfCall = new HashMap<>();
    private final List<Json> messages = new ArrayList<>();

    MessageWriter(ChatRequest request, TargetProfile target, Losses losses, ToolNames names) {
        this.request = request;
        this.target = target;
        this.losses = losses;
        this.names = names;
    }

    Json messages() {
        Said system = new Said();
        for (Block.Text text : request.system()) {
            if (!BillingLine.isUnwanted(text, target)) {
                system.say(text.text());
            }
        }
        put("system", system, Json.object());
        for (Message message : request.messages()) {
            switch (message.role()) {
                case USER -> user(message);
                case ASSISTANT -> assistant(message);
                case SYSTEM -> {
                    Said said = new Said();
                    message.blocks().forEach(block -> part(block, said));
                    put("system", said, Json.object());
                }
            }
        }
        return new Json.Arr(messages);
    }

    /// What one message says.
    private static final class Said {
        private final StringBuilder text = new StringBuilder();
        private final List<Json> images = new ArrayList<>();

        void say(String words) {
            if (!words.isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n\n").append(words);
            }
        }

        boolean isNothing() {
            return text.isEmpty() && images.isEmpty();
        }
    }

    private void put(String role, Said said, Json.Builder more) {
        if (said.isNothing() && more.isEmpty()) {
            return;
        }
        messages.add(Json.object()
                .put("role", role)
                .put("content", said.text.toString())
                .putIf("images", said.images.isEmpty() ? null : new Json.Arr(said.images))
                .putAll(more.build())
                .build());
    }

    private void user(Message message) {
        Said rest = new Said();
        for (Block block : message.blocks()) {
            if (block instanceof Block.ToolResult result) {
                result(result);
            } else {
                part(block, rest);
            }
        }
        put("user", rest, Json.object());
    }

    private void result(Block.ToolResult result) {
        Said said = new Said();
        result.content().forEach(block -> part(block, said));
        String text = said.text.toString();
        String tool = toolOfCall.getOrDefault(result.callId(), result.toolName() == null ? "" : result.toolName());
        messages.add(Json.object()
                .put("role", "tool")
                .put("content", result.isError() ? ErrorText.of(text) : text)
                .putIf("images", said.images.isEmpty() ? null : new Json.Arr(said.images))
                .putIf("tool_name", tool.isEmpty() ? null : tool)
                .put("tool_call_id", result.callId())
                .build());
    }

    private void assistant(Message message) {
        Said said = new Said();
        StringBuilder thinking = new StringBuilder();
        List<Json> calls = new ArrayList<>();
        for (Block block : message.blocks()) {
            switch (block) {
                case Block.ToolCall call -> calls.add(call(call, calls.size()));
                case Block.Reasoning thought -> {
                    // signed thoughts belong to their issuer
                    if (thought.signature() == null && target.capabilities().reasoning()) {
                        thinking.append(thinking.isEmpty() ? "" : "\n\n").append(thought.text());
                    }
                }
                case Block.EncryptedReasoning _ -> {}
                default -> part(block, said);
            }
        }
        Json.Builder more = Json.object()
                .putIf("thinking", thinking.isEmpty() ? null : thinking.toString())
                .putIf("tool_calls", calls.isEmpty() ? null : new Json.Arr(calls));
        if (!said.isNothing() || !calls.isEmpty()) {
            put("assistant", said, more);
        }
    }

    private Json call(Block.ToolCall call, int index) {
        String name = ToolWriter.name(names, call.name(), call.namespace(), call.kind());
        toolOfCall.put(call.id(), name);
        if (!Lines.hasObject(call)) {
            losses.change(call.mark().path(), "malformed");
        }
        return Lines.call(index, call.id(), name, call.kind(), call.arguments());
    }

    private void part(Block block, Said said) {
        String path = block.mark().path();
        switch (block) {
            case Block.Text text -> said.say(text.text());
            case Block.Refusal refusal -> said.say(refusal.text());
            case Block.Image image -> image(image, said);
            case Block.GeneratedImage image -> said.images.add(Json.of(image.base64()));
            case Block.Document document -> document(document, said);
            case Block.SearchResult result -> search(result, said);
            case Block.Audio _ -> losses.modality(path, "Sound");
            case Block.Video _ -> losses.modality(path, "Video");
            case Block.Unmodelled(Dialect dialect, Json.Obj _, var _) when dialect == Dialect.OLLAMA_CHAT -> {}
            case Block.Reasoning _, Block.EncryptedReasoning _ -> {}
            case Block.ServerToolCall _, Block.ServerToolResult _ -> losses.drop(path);
            case Block.ToolCall _, Block.ToolResult _, Block.Unmodelled _ -> losses.drop(path);
        }
    }

    private void image(Block.Image image, Said said) {
        String path = image.mark().path();
        if (!target.capabilities().vision()) {
            losses.modality(path, "Image input");
            return;
        }
        switch (image.source()) {
            case MediaSource.Base64(String data, String _) -> said.images.add(Json.of(data));
            case MediaSource.Url _ ->
                throw losses.refused(path, "An image must be given inline, as base64, for this model.");
            case MediaSource.FileId _, MediaSource.PlainText _, MediaSource.S3 _ ->
                throw losses.refused(path, "An image stored elsewhere cannot be used with this model.");
        }
    }

    private void document(Block.Document document, Said said) {
        String text = switch (document.source()) {
            case MediaSource.PlainText(String plain) -> plain;
            case MediaSource.Base64(String data, String mime) when mime.startsWith("text/") -> decoded(data);
            case MediaSource.Base64 _, MediaSource.Url _, MediaSource.FileId _, MediaSource.S3 _ -> null;
        };
        if (text == null) {
            losses.modality(document.mark().path(), "Document input");
            return;
        }
        for (String head : new @Nullable String[] {document.name(), document.context()}) {
            said.say(head == null ? "" : head);
        }
        said.say(text);
    }

    private static @Nullable String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private void search(Block.SearchResult result, Said said) {
        said.say(result.title());
        said.say(result.source());
        result.content().forEach(block -> part(block, said));
    }
}
