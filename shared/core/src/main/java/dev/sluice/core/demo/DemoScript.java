package dev.sluice.core.demo;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.model.ResponseFormat;
import dev.sluice.protocol.json.JsonText;
import java.util.List;

/// The demo's words.
final class DemoScript {
    private static final int QUOTED = 200;

    private final ChatRequest request;
    private final String prompt;

    DemoScript(ChatRequest request) {
        this.request = request;
        this.prompt = lastUserText(request.messages());
    }

    /// What the user said last.
    String prompt() {
        return prompt;
    }

    /// Whether the last turn brings what a tool answered.
    boolean isAnsweringTool() {
        return !request.messages().isEmpty()
                && request.messages().getLast().blocks().stream().anyMatch(Block.ToolResult.class::isInstance);
    }

    String text() {
        if (isAnsweringTool()) {
            return closing();
        }
        return switch (request.format()) {
            case ResponseFormat.Text _ -> greeting();
            case ResponseFormat.JsonObject _ ->
                JsonText.print(Json.object().put("message", greeting()).build());
            case ResponseFormat.JsonSchema schema ->
                JsonText.print(new DemoArguments(request, prompt).sample(schema.schema()));
        };
    }

    private String greeting() {
        String heard = prompt.isBlank() ? "" : "\n\nYou wrote: \"" + quoted(prompt) + "\"";
        return "Hello! I am Sluice's demo, a scripted model on this machine: free, and no network is involved." + heard
                + "\n\nTo talk to a real model, store a key with `sluice credential set NAME`"
                + " and add a provider with `sluice config apply FILE`; `samples/config` has examples.";
    }

    private String closing() {
        StringBuilder said = new StringBuilder();
        boolean failed = false;
        for (Block block : request.messages().getLast().blocks()) {
            if (block instanceof Block.ToolResult result) {
                failed |= result.isError();
                result.content().forEach(part -> said.append(part instanceof Block.Text text ? text.text() : ""));
            }
        }
        String outcome = failed ? "The tool reported an error" : "Done. The tool answered";
        return outcome + ": \"" + quoted(said.toString())
                + "\"\n\nThat was a whole tool round trip through Sluice's demo.";
    }

    /// Characters of everything the request says, as a base for counting tokens.
    long promptCharacters() {
        long characters = 0;
        for (Block.Text text : request.system()) {
            characters += text.text().length();
        }
        for (Message message : request.messages()) {
            characters += characters(message.blocks());
        }
        return characters;
    }

    private static long characters(List<Block> blocks) {
        long characters = 0;
        for (Block block : blocks) {
            characters += switch (block) {
                case Block.Text text -> text.text().length();
                case Block.ToolCall call -> call.arguments().length();
                case Block.ToolResult result -> characters(result.content());
                case Block.Reasoning reasoning -> reasoning.text().length();
                default -> 0;
            };
        }
        return characters;
    }

    /// The last text of the last user turn that has any: tools put their reminders before it.
    private static String lastUserText(List<Message> messages) {
        for (Message message : messages.reversed()) {
            if (message.role() == Message.Role.USER) {
                for (Block block : message.blocks().reversed()) {
                    if (block instanceof Block.Text text && !text.text().isBlank()) {
                        return text.text().strip();
                    }
                }
            }
        }
        return "";
    }

    private static String quoted(String text) {
        String line = text.strip();
        if (line.codePointCount(0, line.length()) <= QUOTED) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, QUOTED)) + "...";
    }
}
