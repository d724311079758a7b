package dev.sluice.aws.dynamodb;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.LimitStore.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One of several processes that ask for the same buckets at once: says `ready`, then does what each line says, on all
/// threads until each is refused, tells every answer as a line of its own, and says `end`.
///
/// Arguments: endpoint, table, threads. Lines: `requests` or `tokens`, the item, the hours, then the buckets as
/// `counter=cap`; `{hour}` in a counter is the hour that the thread's clock shows. Threads go on to the next hour each
/// for itself, when refused.
final class AdmissionRun {
    static final String TOKENS = "t/tokens/day1/0";
    static final String SETTLED = "t/settled/day1/0";
    static final long RESERVED = 10;
    static final long USED = 7;
    static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    static final Instant EXPIRY = START.plusSeconds(60);

    private final LimitStore limits;
    private final String item;
    private final List<String> buckets;
    private final AtomicInteger attempts = new AtomicInteger();

    private AdmissionRun(LimitStore limits, String item, List<String> buckets) {
        this.limits = limits;
        this.item = item;
        this.buckets = buckets;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        TableSettings settings = TableSettings.of(arguments[1])
                .withEndpoint(URI.create(arguments[0]))
                .withRegion("eu-central-1")
                .withAccessKey(new TableSettings.AccessKey("test", "test"))
                .withPatience(null);
        int threads = Integer.parseInt(arguments[2]);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (DynamoStore store = DynamoStore.open(settings, note -> say("noted " + note))) {
            store.limits().read("provider#none");
            say("ready");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                List<String> words = List.of(order.split(" "));
                AdmissionRun run = new AdmissionRun(store.limits(), words.get(1), words.subList(3, words.size()));
                int hours = Integer.parseInt(words.get(2));
                run.onAll(threads, words.getFirst().equals("tokens") ? run::takeTokens : () -> run.takeRequests(hours));
                say("end");
            }
        }
    }

    private void onAll(int threads, Runnable work) throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            started.add(Thread.startVirtualThread(work));
        }
        for (Thread thread : started) {
            thread.join();
        }
    }

    private void takeRequests(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            List<Take> takes = new ArrayList<>();
            for (String bucket : buckets) {
                int equals = bucket.lastIndexOf('=');
                takes.add(new Take(
                        bucket.substring(0, equals).replace("{hour}", Integer.toString(hour)),
                        1,
                        Long.parseLong(bucket.substring(equals + 1))));
            }
            Instant now = START.plusSeconds(3600L * hour);
            while (isGranted(new AdmitStep(item, null, takes, null, List.of(), List.of(), now))) {
                say("granted " + hour);
            }
        }
    }

    private void takeTokens() {
        long cap = Long.parseLong(buckets.getFirst());
        String id = ProcessHandle.current().pid() + "-" + attempts.incrementAndGet();
        while (isGranted(reserving(item, id, cap, List.of()))) {
            say("granted " + id);
            TreeMap<String, Long> changes = new TreeMap<>();
            changes.put(TOKENS, USED - RESERVED);
            changes.put(SETTLED, USED);
            Reply settled = limits.settle(new SettleStep(item, changes, id, Breaker.UNCHANGED, START));
            say((settled instanceof Reply.Done ? "settled " : "unsettled ") + id);
            id = ProcessHandle.current().pid() + "-" + attempts.incrementAndGet();
        }
    }

    /// @param sweeps of the same bucket
    static AdmitStep reserving(String item, String id, long cap, List<Reservation> sweeps) {
        TreeMap<String, Long> amounts = new TreeMap<>();
        amounts.put(TOKENS, RESERVED);
        return new AdmitStep(
                item,
                null,
                List.of(new Take(TOKENS, RESERVED, cap)),
                new Reservation(id, EXPIRY, amounts),
                sweeps,
                List.of(),
                START);
    }

    private boolean isGranted(AdmitStep step) {
        return switch (limits.admit(step)) {
            case Reply.Done _ -> true;
            case Reply.Refused _ -> false;
            case Reply.Silent silent -> {
                say("silent " + silent);
                yield false;
            }
        };
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
