package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.WrongShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The client's contents and its instructions.
final class ContentReader {
    /// The kinds of parts, and what may stand beside any.
    private static final Set<String> KNOWN = Set.of(
            "text",
            "thought",
            "thoughtSignature",
            "inlineData",
            "fileData",
            "functionCall",
            "functionResponse",
            "executableCode",
            "codeExecutionResult",
            "toolCall",
            "toolResponse");

    /// Under which single key a tool's text answer stands.
    private static final Set<String> ANSWERS = Set.of("output", "result", "content");

    private final Seal seal;
    private final RequestReader.Unmodelled unmodelled;
    private List<Block> blocks = new ArrayList<>();

    ContentReader(Seal seal, RequestReader.Unmodelled unmodelled) {
        this.seal = seal;
        this.unmodelled = unmodelled;
    }

    void read(Shape body, ChatRequest.Builder request) {
        List<Message> messages = new ArrayList<>();
        for (Shape content : ProtoJson.objects(body, "contents")) {
            Message.Role role = role(content);
            blocks = new ArrayList<>();
            ProtoJson.objects(content, "parts").forEach(this::part);
            messages.add(new Message(role, blocks, null, content.path()));
        }
        request.messages(messages)
                .system(system(body))
                .path(Field.MESSAGES, body.at("contents"))
                .path(Field.SYSTEM, body.at("systemInstruction"));
    }

    private static Message.Role role(Shape content) {
        String role = content.text("role");
        return switch (role) {
            case "model" -> Message.Role.ASSISTANT;
            case "user", "function", "" -> Message.Role.USER;
            case null -> Message.Role.USER;
            default -> throw content.wrong("role", "one of user, model");
        };
    }

    private static List<Block.Text> system(Shape body) {
        List<Block.Text> texts = new ArrayList<>();
        Shape instruction = ProtoJson.object(body, "systemInstruction");
        if (instruction != null) {
            for (Shape part : ProtoJson.objects(instruction, "parts")) {
                String text = part.text("text");
                if (text == null) {
                    throw WrongShape.at(part.path(), "'" + part.path() + "' must be a text.");
                }
                texts.add(new Block.Text(text, Mark.at(part.path())));
            }
        }
        return texts;
    }

    private void part(Shape part) {
        Mark mark = Mark.at(part.path());
        CarriedProof proof = CarriedProof.open(part.text("thoughtSignature"), mark, seal);
        restore(proof.thoughts(), part.json().present("functionCall") == null);
        String text = part.text("text");
        if (text != null) {
            prose(text, Boolean.TRUE.equals(part.bool("thought")), proof.own(), mark);
        } else if (part.json().present("functionCall") != null) {
            blocks.add(call(ProtoJson.neededObject(part, "functionCall"), proof.own(), mark));
        } else {
            Block block = other(part, mark);
            if (block != null) {
                blocks.add(block);
            }
            prove(proof.own(), mark);
        }
        if (known(part)) {
            unmodelled.keepRest(part, KNOWN);
        }
    }

    private static boolean known(Shape part) {
        return part.json().fields().keySet().stream().anyMatch(KNOWN::contains);
    }

    /// Thoughts that came back on a part they led to; a readable copy that the client kept is the same thought.
    private void restore(List<Block> thoughts, boolean toFront) {
        int at = toFront ? 0 : blocks.size();
        for (Block thought : thoughts) {
            if (blocks.stream().anyMatch(block -> isSame(block, thought))) {
                continue;
            }
            if (thought instanceof Block.Reasoning(String said, Signature _, Mark _)) {
                blocks.removeIf(block -> block instanceof Block.Reasoning copy
                        && copy.signature() == null
                        && copy.text().equals(said));
            }
            at = Math.min(at, blocks.size());
            blocks.add(at++, thought);
        }
    }

    private static boolean isSame(Block one, Block other) {
        return one.marked(other.mark()).equals(other);
    }

    private void prose(String text, boolean isThought, @Nullable Signature own, Mark mark) {
        if (isThought) {
            if (!text.isEmpty() || own != null) {
                blocks.add(new Block.Reasoning(text, own, mark));
            }
            return;
        }
        if (!text.isEmpty()) {
            blocks.add(new Block.Text(text, mark));
        }
        prove(own, mark);
    }

    /// A proof beside anything but a call: of a thought that nobody can read.
    private void prove(@Nullable Signature own, Mark mark) {
        if (own != null) {
            blocks.add(new Block.Reasoning("", own, mark));
        }
    }

    private static Block call(Shape call, @Nullable Signature signature, Mark mark) {
        String id = call.text("id");
        Shape args = call.object("args");
        return new Block.ToolCall(
                id == null ? "" : id,
                call.neededText("name"),
                null,
                Tool.Kind.FUNCTION,
                args == null ? "{}" : JsonText.print(args.json()),
                signature,
                mark);
    }

    private @Nullable Block other(Shape part, Mark mark) {
        Json.Obj json = part.json();
        if (json.present("functionResponse") != null) {
            return result(ProtoJson.neededObject(part, "functionResponse"), mark);
        }
        if (json.present("inlineData") != null) {
            return MediaReader.inline(ProtoJson.neededObject(part, "inlineData"), mark);
        }
        if (json.present("fileData") != null) {
            return MediaReader.file(ProtoJson.neededObject(part, "fileData"), mark);
        }
        if (json.present("executableCode") != null || json.present("toolCall") != null) {
            return new Block.ServerToolCall(Dialect.GEMINI, "", "code_execution", json, mark);
        }
        if (json.present("codeExecutionResult") != null || json.present("toolResponse") != null) {
            return new Block.ServerToolResult(Dialect.GEMINI, "", json, mark);
        }
        return json.without("thoughtSignature", "thought").isEmpty()
                ? null
                : new Block.Unmodelled(Dialect.GEMINI, json, mark);
    }

    private static Block result(Shape answer, Mark mark) {
        Shape response = answer.object("response");
        Json.Obj said = response == null ? Json.Obj.EMPTY : response.json();
        List<Block> content = new ArrayList<>();
        String text = text(said);
        if (!text.isEmpty()) {
            content.add(new Block.Text(text, mark));
        }
        for (Shape part : ProtoJson.objects(answer, "parts")) {
            Mark place = Mark.at(part.path());
            if (part.json().present("inlineData") != null) {
                content.add(MediaReader.inline(ProtoJson.neededObject(part, "inlineData"), place));
            } else if (part.json().present("fileData") != null) {
                content.add(MediaReader.file(ProtoJson.neededObject(part, "fileData"), place));
            } else {
                content.add(new Block.Unmodelled(Dialect.GEMINI, part.json(), place));
            }
        }
        String id = answer.text("id");
        return new Block.ToolResult(
                id == null ? "" : id, answer.neededText("name"), content, said.present("error") != null, mark);
    }

    /// A tool's answer in words: the text itself where that is all there is, else the object.
    private static String text(Json.Obj response) {
        if (response.fields().size() == 1) {
            Map.Entry<String, Json> only =
                    response.fields().entrySet().iterator().next();
            boolean isAnswer = ANSWERS.contains(only.getKey()) || only.getKey().equals("error");
            if (isAnswer && only.getValue() instanceof Json.Str(String text)) {
                return text;
            }
        }
        return response.isEmpty() ? "" : JsonText.print(response);
    }
}
