package dev.sluice.samples;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.io.PrintStream;

/// Streams one answer through Sluice with Anthropic's own SDK: only the base URL and the key differ.
public final class AnthropicSample {
    private AnthropicSample() {}

    public static void main(String[] args) {
        run(Settings.from(System.getenv()), "Hello, who are you?", System.out);
    }

    static void run(Settings settings, String question, PrintStream out) {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(settings.url())
                .apiKey(settings.key())
                .build();
        try (StreamResponse<RawMessageStreamEvent> answer = client.messages()
                .createStreaming(MessageCreateParams.builder()
                        .model(settings.model())
                        .maxTokens(500)
                        .addUserMessage(question)
                        .build())) {
            answer.stream()
                    .flatMap(event -> event.contentBlockDelta().stream())
                    .flatMap(delta -> delta.delta().text().stream())
                    .forEach(text -> out.print(text.text()));
            out.println();
        } finally {
            client.close();
        }
    }
}
