package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.infra.Settings.Architecture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void nothing_needs_to_be_chosen() {
        Settings settings = Settings.from(Map.of("aws:cdk:something", true));

        assertThat(settings.stack()).isEqualTo("Sluice");
        assertThat(settings.architecture()).isEqualTo(Architecture.ARM64);
        assertThat(settings.memoryMb()).isEqualTo(1024);
        assertThat(settings.timeoutSeconds()).isEqualTo(900);
        assertThat(settings.concurrency()).isNull();
        assertThat(settings.rotationConcurrency()).isNull();
        assertThat(settings.snapStart()).isTrue();
        assertThat(settings.retain()).isTrue();
        assertThat(settings.deletionProtection()).isTrue();
        assertThat(settings.bedrock()).isFalse();
        assertThat(settings.edge()).isEmpty();
        assertThat(settings.edgeStack()).isEmpty();
        assertThat(settings.alarmEmail()).isEmpty();
    }

    @Test
    void numbers_and_truths_may_come_as_such_or_as_texts() {
        Settings numbers = Settings.from(Map.of("sluice:memoryMb", 2048.0, "sluice:snapStart", false));
        Settings texts = Settings.from(Map.of("sluice:memoryMb", "2048", "sluice:snapStart", "false"));

        assertThat(numbers).isEqualTo(texts);
        assertThat(numbers.memoryMb()).isEqualTo(2048);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sluice:architecture     | arm                   | sluice:architecture is arm; allowed: arm64, x86_64.
            sluice:memoryMb         | 128                   | sluice:memoryMb is 128; allowed: 512 to 10240.
            sluice:memoryMb         | 1024.5                | sluice:memoryMb is 1024.5; allowed: 512 to 10240.
            sluice:timeoutSeconds   | 901                   | sluice:timeoutSeconds is 901; allowed: 30 to 900.
            sluice:concurrency      | 0                     | sluice:concurrency is 0; allowed: 1 to 1000.
            sluice:snapStart        | yes                   | sluice:snapStart is yes; allowed: true, false.
            sluice:stack            | 1st                   | sluice:stack is 1st; allowed: letters, digits and hyphens, at most 40, a letter first.
            sluice:alarmEmail       | me                    | sluice:alarmEmail is me; allowed: an address.
            sluice:alarmEmail       | ''                    | sluice:alarmEmail is empty; allowed: an address.
            sluice:memory           | 1024                  | There is no context key sluice:memory. The nearest is sluice:memoryMb.
            sluice:timeout          | 60                    | There is no context key sluice:timeout. The nearest is sluice:timeoutSeconds.
            sluice:domain           | llm.example.org       | sluice:domain is set, so sluice:cloudFront has to be true.
            """)
    void what_cannot_be_is_refused_in_a_sentence(String key, String value, String sentence) {
        assertThat(problems(Map.of(key, value))).containsExactly(sentence);
    }

    @Test
    void everything_wrong_is_told_at_once() {
        assertThat(problems(Map.of("sluice:memoryMb", "1", "sluice:removal", "drop", "sluice:x", "1")))
                .hasSize(3);
    }

    @Test
    void what_goes_together_comes_together() {
        assertThat(problems(Map.of("sluice:cloudFront", "true", "sluice:domain", "llm.example.org")))
                .containsExactly("sluice:domain is set, so sluice:certificateArn has to be set as well.");
        assertThat(problems(Map.of("sluice:hostedZoneId", "Z0123456789ABC")))
                .containsExactly("sluice:hostedZoneId is set, so sluice:domain has to be set as well.");
        assertThat(problems(Map.of("sluice:removal", "destroy")))
                .containsExactly(
                        "sluice:removal is destroy, but sluice:deletionProtection is true, so the table would stay"
                                + " and the stack with it: set sluice:deletionProtection=false as well.");
    }

    private static List<String> problems(Map<String, String> context) {
        return catchThrowableOfType(SettingsRefused.class, () -> Settings.from(context))
                .problems();
    }
}
