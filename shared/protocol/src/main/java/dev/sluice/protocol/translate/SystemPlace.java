package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Message;
import java.util.ArrayList;
import java.util.List;

/// Puts instructions where a target with a system prompt of its own takes them.
public final class SystemPlace {
    private SystemPlace() {}

    /// Instructions at the head of the conversation belong to the system prompt; where the target knows none in its
    /// midst, they are the user's words.
    public static ChatRequest of(ChatRequest request, boolean midSystem) {
        List<Block.Text> system = new ArrayList<>(request.system());
        List<Message> messages = new ArrayList<>(request.messages().size());
        for (Message message : request.messages()) {
            if (message.role() != Message.Role.SYSTEM) {
                messages.add(message);
            } else if (messages.isEmpty()) {
                message.blocks().forEach(block -> {
                    if (block instanceof Block.Text text) {
                        system.add(text);
                    }
                });
            } else {
                messages.add(
                        midSystem
                                ? message
                                : new Message(Message.Role.USER, message.blocks(), message.name(), message.path()));
            }
        }
        return messages.equals(request.messages())
                ? request
                : new ChatRequest.Builder(request)
                        .system(system)
                        .messages(messages)
                        .build();
    }
}
