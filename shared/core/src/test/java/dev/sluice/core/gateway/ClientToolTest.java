package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientToolTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            claude-cli/2.1.329 (external, sdk-cli)                                         | claude-code
            claude-code/2.1.3                                                              | claude-code
            codex_exec/0.169.0 (Debian 12.0.0; x86_64) xterm (codex_exec; 0.169.0)         | codex
            codex_cli_rs/0.50.0 (Ubuntu 24.4.0; x86_64) xterm-256color                     | codex
            codex-tui/0.169.0                                                              | codex
            opencode/1.18.33 ai-sdk/provider-utils/4.0.23 runtime/bun/1.3.14               | opencode
            GeminiCLI-tui/0.61.0/gemini-2.5-pro (linux; x64; terminal)                     | gemini-cli
            QwenCode/0.0.14 (linux; x64)                                                   | qwen-code
            OpenAI/Python 2.8.1                                                            | openai
            curl/8.5.0                                                                     | curl
            """)
    void a_tool_is_known_by_the_first_product_it_names(String userAgent, String tool) {
        assertThat(ClientTool.of(Headers.of("user-agent", userAgent))).contains(tool);
    }

    @Test
    void a_client_without_a_user_agent_may_name_itself_otherwise() {
        assertThat(ClientTool.of(Headers.of("x-app", "My-App"))).contains("my-app");
        assertThat(ClientTool.of(Headers.of("user-agent", "(nothing)", "x-app", "tool")))
                .contains("tool");
        assertThat(ClientTool.of(Headers.of("accept", "*/*"))).isEmpty();
    }

    @Test
    void whatever_is_sent_only_a_short_clean_name_is_kept() {
        assertThat(ClientTool.of(Headers.of("user-agent", "\u001b[2J<b>\u00e4evil\n/1")))
                .contains("2jbevil");
        assertThat(ClientTool.of(Headers.of("user-agent", "A".repeat(4000))).orElseThrow())
                .isEqualTo("a".repeat(40));
    }
}
