package dev.sluice.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"usual", "everything", "plain-cloudfront", "edge"})
    void every_resource_of_the_stacks_has_a_price_or_a_reason(String variant) throws IOException {
        assertThat(cost(variant).unknown()).isEmpty();
    }

    @Test
    void three_secrets_are_what_an_idle_stack_costs() throws IOException {
        IdleCost cost = cost("usual");

        assertThat(CostText.cents(cost.afterFreeUsd())).isEqualTo("1.20");
        assertThat(line(cost, "secrets").units()).isEqualByComparingTo("3");
    }

    @Test
    void an_alarm_counts_once_for_each_metric_in_it() throws IOException {
        assertThat(line(cost("usual"), "alarms").units()).isEqualByComparingTo("9");
    }

    @Test
    void a_web_acl_is_the_dearest_thing_of_all() throws IOException {
        assertThat(cost("edge").usd()).isEqualByComparingTo("6");
    }

    @Test
    void what_is_unknown_is_said_and_not_left_out_in_silence() {
        IdleCost cost = IdleCost.of(JsonTree.object("""
                {"Resources": {"A": {"Type": "AWS::EC2::NatGateway"}}}"""));

        assertThat(cost.unknown()).containsExactly("AWS::EC2::NatGateway");
        assertThat(CostText.table(cost)).contains("AWS::EC2::NatGateway");
        assertThat(CostText.json(cost)).endsWith("\"unknown\":[\"AWS::EC2::NatGateway\"]}");
    }

    @Test
    void a_turn_is_paid_by_memory_and_time() {
        TurnCost turn = new TurnCost();

        assertThat(turn.usd(1_024, "arm64", 30)).isEqualByComparingTo("0.0004002020");
        assertThat(turn.usd(2_048, "x86_64", 120)).isEqualByComparingTo("0.0040002080");
        assertThat(TurnCost.afterRestoreMs(1_769)).isEqualTo(260);
        assertThat(TurnCost.afterRestoreMs(1_024)).isEqualTo(449);
        assertThat(TurnCost.afterRestoreMs(3_008)).isEqualTo(260);
    }

    @Test
    void the_command_prints_a_table_or_json() {
        String file = GOLDEN.resolve("usual.template.json").toString();

        assertThat(run(file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("| secrets | 3 | 0.40 | 1.20 | 1.20 |");

        out.reset();
        assertThat(run("--json", file)).isZero();
        assertThat(JsonTree.object(out.toString(StandardCharsets.UTF_8)))
                .containsEntry("region", "us-east-1")
                .containsKeys("usd", "afterFreeUsd", "lines", "unknown");
    }

    @Test
    void the_command_tells_what_is_wrong(@TempDir Path folder) throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run("-x")).isEqualTo(2);
        assertThat(run(folder.resolve("absent.json").toString())).isEqualTo(1);
        assertThat(run(Files.writeString(folder.resolve("list.json"), "[]").toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("usage: ", "cannot be read (NoSuchFileException)", "This is no JSON object.");
        assertThatThrownBy(() -> JsonTree.object("{")).isInstanceOf(IllegalArgumentException.class);
    }

    private int run(String... arguments) {
        return CostOf.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static IdleCost.Line line(IdleCost cost, String what) {
        return cost.lines().stream()
                .filter(line -> line.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    static IdleCost cost(String variant) throws IOException {
        return IdleCost.of(JsonTree.object(Files.readString(GOLDEN.resolve(variant + ".template.json"))));
    }
}
