package dev.sluice.samples;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.PrintStream;

/// Streams one answer through Sluice with OpenAI's own SDK: only the base URL and the key differ.
public final class OpenAiSample {
    private OpenAiSample() {}

    public static void main(String[] args) {
        run(Settings.from(System.getenv()), "Hello, who are you?", System.out);
    }

    static void run(Settings settings, String question, PrintStream out) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(settings.url() + "/v1")
                .apiKey(settings.key())
                .build();
        try (StreamResponse<ChatCompletionChunk> answer = client.chat()
                .completions()
                .createStreaming(ChatCompletionCreateParams.builder()
                        .model(settings.model())
                        .addUserMessage(question)
                        .build())) {
            answer.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .forEach(out::print);
            out.println();
        } finally {
            client.close();
        }
    }
}
