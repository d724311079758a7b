package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvokeTest {
    private static final String EVENT = "{\"version\":\"2.0\",\"rawPath\":\"/health\"}";

    @TempDir
    private Path home;

    @Test
    void says_how_to_start_the_function_when_none_runs() {
        Shell.Ran ran = new Shell(home).runWith(EVENT, "invoke", "-");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .contains("no start runs on " + home.resolve(".sluice"))
                .contains("sluice start --lambda --data " + home.resolve(".sluice"));
    }

    @Test
    void refuses_what_is_no_event() {
        assertThat(new Shell(home).runWith("[]", "invoke", "-").exit()).isEqualTo(2);
        assertThat(new Shell(home).runWith("{", "invoke", "-").err()).contains("no JSON object");
        assertThat(new Shell(home)
                        .run("invoke", home.resolve("none").toString())
                        .err())
                .contains("there is no file");
    }

    @Test
    void names_what_can_be_invoked_when_the_event_is_for_another_function() {
        Shell.Ran rotation = new Shell(home)
                .runWith("{\"Step\":\"createSecret\",\"SecretId\":\"s\",\"ClientRequestToken\":\"t\"}", "invoke", "-");
        assertThat(rotation.exit()).isEqualTo(2);
        assertThat(rotation.err()).contains("a rotation of Secrets Manager").contains("Function URL");
        Shell.Ran schedule = new Shell(home)
                .runWith("{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\"}", "invoke", "-");
        assertThat(schedule.exit()).isEqualTo(2);
        assertThat(schedule.err()).contains("a schedule");
    }
}
