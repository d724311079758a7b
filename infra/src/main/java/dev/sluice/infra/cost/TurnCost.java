package dev.sluice.infra.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// What Lambda asks for one turn of a coding tool: the function waits as long as the provider writes, and is paid by its
/// memory for all of it.
public final class TurnCost {
    private static final List<Integer> MEMORIES = List.of(512, 768, 1_024, 1_536, 1_769, 2_048, 3_008);
    /// With this memory a function has one processor.
    private static final BigDecimal ONE_PROCESSOR = BigDecimal.valueOf(1_769);
    /// Of the processor, from the restore of a snapshot to the first byte: docs/benchmarks-startup.md, one core, "primed
    /// and restored".
    private static final BigDecimal AFTER_RESTORE_MS = BigDecimal.valueOf(260);
    /// A turn's admission and settlement at a provider and at a caller with limits, a line in each of the two books, and a
    /// third of a look at keys.
    private static final BigDecimal TABLE_WRITES = BigDecimal.valueOf(6);
    private static final BigDecimal TABLE_READS = BigDecimal.valueOf(3);

    private final Prices prices = Prices.read();

    /// Cost of one streamed answer in USD.
    ///
    /// @param architecture `arm64` or `x86_64`
    public BigDecimal usd(int memoryMb, String architecture, int seconds) {
        return gigabytes(memoryMb)
                .multiply(BigDecimal.valueOf(seconds))
                .multiply(prices.of("lambda-" + architecture).usd())
                .add(prices.of("lambda-request").usd());
    }

    /// What the table asks beside.
    public BigDecimal tableUsd() {
        return TABLE_WRITES
                .multiply(prices.of("table-write").usd())
                .add(TABLE_READS.multiply(prices.of("table-read").usd()));
    }

    /// How many streams of 30 s a month AWS gives every account.
    long freeTurns(int memoryMb) {
        return prices.of("lambda-arm64")
                .freeUnits()
                .divide(gigabytes(memoryMb).multiply(BigDecimal.valueOf(30)), RoundingMode.DOWN)
                .longValue();
    }

    private static BigDecimal gigabytes(int memoryMb) {
        return BigDecimal.valueOf(memoryMb).divide(BigDecimal.valueOf(1_024), MathContext.DECIMAL64);
    }

    /// Milliseconds from a restore to the first byte that the processor alone takes.
    static long afterRestoreMs(int memoryMb) {
        BigDecimal share = BigDecimal.valueOf(memoryMb)
                .divide(ONE_PROCESSOR, MathContext.DECIMAL64)
                .min(BigDecimal.ONE);
        return AFTER_RESTORE_MS.divide(share, 0, RoundingMode.HALF_UP).longValue();
    }

    String table() {
        StringBuilder out = new StringBuilder()
                .append(CostText.row(
                        "memory MB",
                        "processor",
                        "ms of it after a restore",
                        "arm64 30 s",
                        "arm64 120 s",
                        "arm64 900 s, the longest",
                        "x86_64 30 s",
                        "x86_64 120 s",
                        "30 s turns free a month"))
                .append(CostText.row("---", "---", "---", "---", "---", "---", "---", "---", "---"));
        for (int memory : MEMORIES) {
            out.append(CostText.row(
                    Integer.toString(memory),
                    CostText.number(BigDecimal.valueOf(memory).divide(ONE_PROCESSOR, MathContext.DECIMAL64)),
                    Long.toString(afterRestoreMs(memory)),
                    precise(usd(memory, "arm64", 30)),
                    precise(usd(memory, "arm64", 120)),
                    precise(usd(memory, "arm64", 900)),
                    precise(usd(memory, "x86_64", 30)),
                    precise(usd(memory, "x86_64", 120)),
                    Long.toString(freeTurns(memory))));
        }
        return out.append("\nThe table adds about ")
                .append(tableUsd().setScale(7, RoundingMode.HALF_UP).toPlainString())
                .append(" for the admission and settlement of a turn and its lines in the books.\n")
                .toString();
    }

    private static String precise(BigDecimal usd) {
        return usd.setScale(5, RoundingMode.HALF_UP).toPlainString();
    }
}
