package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.model.Signature;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BillingLine;
import dev.sluice.protocol.translate.GeminiProof;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The conversation as contents: two roles in turn, a user first, results in front and in the order of their calls.
final class ContentWriter {
    /// Stands where the dialect wants a user's turn and the client had none.
    private static final String GO_ON = "Continue.";

    private final ChatRequest request;
    private final TargetProfile target;
    private final Losses losses;
    private final ToolNames names;
    private final PartWriter parts;
    private final Map<String, String> calledNames = new HashMap<>();
    private final List<Json> contents = new ArrayList<>();
    private String role = "";
    private List<Json> turn = new ArrayList<>();

    ContentWriter(ChatRequest request, TargetProfile target, Losses losses, ToolNames names) {
        this.request = request;
        this.target = target;
        this.losses = losses;
        this.names = names;
        this.parts = new PartWriter(target, losses);
    }

    void write(Json.Builder body) {
        for (Message message : request.messages()) {
            switch (message.role()) {
                case USER -> add("user", user(message));
                case SYSTEM -> add("user", user(message));
                case ASSISTANT -> add("model", model(message));
            }
        }
        prefill();
        flush();
        List<Json> system = system();
        if (contents.isEmpty() && system.isEmpty()) {
            throw losses.refused(request.pathOf(Field.MESSAGES), "At least one message with content is expected.");
        }
        if (contents.isEmpty()) {
            // instructions alone: the dialect wants contents, and they are all there is
            body.put("contents", Json.Arr.of(content("user", system)));
            return;
        }
        body.put("contents", new Json.Arr(contents));
        if (!system.isEmpty()) {
            body.put(
                    "systemInstruction",
                    Json.object().put("parts", new Json.Arr(system)).build());
        }
    }

    private List<Json> system() {
        List<Json> texts = new ArrayList<>();
        for (Block.Text text : request.system()) {
            if (!BillingLine.isUnwanted(text, target)) {
                texts.add(PartForm.text(text.text()));
            }
        }
        return texts;
    }

    /// Adds to the turn of that role, or begins one.
    private void add(String speaker, List<Json> said) {
        if (said.isEmpty()) {
            return;
        }
        if (!role.equals(speaker)) {
            flush();
            if (contents.isEmpty() && speaker.equals("model") && request.client() != Dialect.GEMINI) {
                contents.add(content("user", List.of(PartForm.text(GO_ON))));
            }
            role = speaker;
        }
        turn.addAll(said);
    }

    private void flush() {
        if (!turn.isEmpty()) {
            contents.add(content(role, turn));
            turn = new ArrayList<>();
        }
    }

    private static Json content(String role, List<Json> parts) {
        return Json.object().put("role", role).put("parts", new Json.Arr(parts)).build();
    }

    private void prefill() {
        boolean keeps = target.capabilities().prefill() || request.client() == Dialect.GEMINI;
        if (role.equals("model") && !keeps) {
            losses.drop(request.messages().getLast().path());
            add("user", List.of(PartForm.text(GO_ON)));
        }
    }

    private List<Json> user(Message message) {
        long results = message.blocks().stream()
                .filter(Block.ToolResult.class::isInstance)
                .count();
        List<Json> responses = new ArrayList<>();
        List<Json> rest = new ArrayList<>();
        for (Block block : message.blocks()) {
            if (block instanceof Block.ToolResult result) {
                result(result, results > 1, responses, rest);
            } else {
                parts.part(block, rest);
            }
        }
        responses.addAll(rest);
        return responses;
    }

    /// What is no text stands inside the response where the model takes it there, else behind all responses.
    private void result(Block.ToolResult result, boolean named, List<Json> responses, List<Json> rest) {
        StringBuilder text = new StringBuilder();
        List<Json> media = new ArrayList<>();
        for (Block block : result.content()) {
            if (block instanceof Block.Text said) {
                text.append(text.isEmpty() ? "" : "\n").append(said.text());
            } else {
                parts.part(block, media);
            }
        }
        boolean inside = target.capabilities().functionResponseParts();
        if (text.isEmpty() && !media.isEmpty()) {
            text.append(inside ? "The result is attached." : "The result is in the parts that follow.");
        }
        String name = toolName(result);
        Json.Builder response = Json.object()
                .putIf("id", result.callId().isEmpty() ? null : result.callId())
                .put("name", name)
                .put("response", response(text.toString(), result.isError()));
        if (inside && !media.isEmpty()) {
            response.put("parts", new Json.Arr(media));
        } else if (!media.isEmpty()) {
            if (named) {
                rest.add(PartForm.text("Content of the result of " + name + " " + result.callId() + ":"));
            }
            rest.addAll(media);
        }
        responses.add(Json.object().put("functionResponse", response.build()).build());
    }

    private Json.Obj response(String text, boolean isError) {
        Json.Obj own = request.client() == Dialect.GEMINI ? JsonText.objectOrNull(text) : null;
        return own != null
                ? own
                : Json.object().put(isError ? "error" : "output", text).build();
    }

    /// The name under which the call went out: results have none of their own in most dialects.
    private String toolName(Block.ToolResult result) {
        String called = calledNames.get(result.callId());
        String own = result.toolName();
        if (called != null) {
            return called;
        }
        return own == null || own.isEmpty() ? "unknown" : ToolNames.legal(own, Integer.MAX_VALUE);
    }

    private List<Json> model(Message message) {
        List<Json> said = new ArrayList<>();
        List<Block> blocks = message.blocks();
        Signature waiting = null;
        boolean called = turn.stream().anyMatch(part -> role.equals("model") && isCall(part));
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : null;
            switch (block) {
                case Block.Reasoning thought -> {
                    boolean onCall = next instanceof Block.ToolCall;
                    thought(thought, !onCall, said);
                    waiting = onCall ? own(thought.signature()) : null;
                }
                case Block.EncryptedReasoning _ -> {} // nobody else can read it
                case Block.ToolCall call -> {
                    Signature proof = own(call.signature()) == null ? waiting : call.signature();
                    said.add(call(call, proof, !called));
                    called = true;
                    waiting = null;
                }
                case Block.ServerToolCall call when call.dialect() == Dialect.GEMINI -> said.add(call.raw());
                case Block.ServerToolResult result when result.dialect() == Dialect.GEMINI -> said.add(result.raw());
                default -> parts.part(block, said);
            }
        }
        return said;
    }

    private static boolean isCall(Json part) {
        return part instanceof Json.Obj object && object.has("functionCall");
    }

    private static @Nullable Signature own(@Nullable Signature signature) {
        return signature != null && signature.issuer() == Dialect.GEMINI ? signature : null;
    }

    /// Thoughts of others mean nothing here, and thoughts without proof only to the client's own provider.
    private void thought(Block.Reasoning thought, boolean withProof, List<Json> said) {
        Signature own = own(thought.signature());
        boolean isUnproven = thought.signature() == null && request.client() == Dialect.GEMINI;
        if (own == null && !isUnproven) {
            return;
        }
        String proof = own != null && withProof ? own.value() : null;
        if (!thought.text().isEmpty()) {
            said.add(PartForm.proven(PartForm.thought(thought.text()), proof));
        } else if (proof != null) {
            said.add(PartForm.proven(PartForm.text(""), proof));
        }
    }

    private Json call(Block.ToolCall call, @Nullable Signature signature, boolean first) {
        String proof = signature == null ? null : signature.value();
        if (proof == null && first && target.capabilities().geminiSignatureRequired()) {
            proof = GeminiProof.NONE;
        }
        Json.Obj args = TextTool.input(call, losses);
        String name = ToolWriter.name(names, call.name(), call.namespace(), call.kind());
        calledNames.put(call.id(), name);
        return PartForm.proven(PartForm.call(call.id(), name, args), proof);
    }
}
