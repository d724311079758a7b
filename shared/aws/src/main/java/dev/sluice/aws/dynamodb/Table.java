package dev.sluice.aws.dynamodb;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/// The table: one call at a time, and whatever the SDK throws made a value.
///
/// A trouble that its owner has to mend (no credentials, no permission, no table) is told to the notes, once until a
/// call succeeds again. Thread-safe.
final class Table {
    private static final int MOST_TOLD = 256;

    static final String PK = "pk";
    static final String SK = "sk";

    private final DynamoDbClient client;
    private final String name;
    private final @Nullable Duration patience;
    private final Consumer<String> notes;
    private final AtomicReference<@Nullable String> lastTrouble = new AtomicReference<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// @param patience for all the calls of one action; null: without end
    Table(DynamoDbClient client, String name, @Nullable Duration patience, Consumer<String> notes) {
        this.client = client;
        this.name = name;
        this.patience = patience;
        this.notes = notes;
    }

    /// The time that the calls of one action have in all.
    final class Span {
        private final long start = System.nanoTime();

        private Optional<Duration> left() {
            return Optional.ofNullable(patience).map(most -> most.minusNanos(System.nanoTime() - start));
        }

        /// Makes one call.
        ///
        /// @param call has to give its request the configuration that comes with it
        <T> Answer<T> call(Function<Call, T> call) {
            Optional<Duration> left = left();
            if (left.isPresent() && !left.get().isPositive()) {
                return new Answer.Failed<>(false, "no time is left");
            }
            SentMark.Mark mark = new SentMark.Mark();
            AwsRequestOverrideConfiguration.Builder configuration =
                    AwsRequestOverrideConfiguration.builder().putExecutionAttribute(SentMark.attribute(), mark);
            left.ifPresent(configuration::apiCallTimeout);
            try {
                T value = call.apply(new Call(client, name, configuration.build()));
                lastTrouble.set(null);
                return new Answer.Ok<>(value);
            } catch (RuntimeException e) {
                return failed(e, mark);
            }
        }

        /// The item as it is now, read consistently; empty when it is absent.
        Answer<Map<String, AttributeValue>> item(String pk, String sk) {
            return call(call -> call.client()
                    .getItem(GetItemRequest.builder()
                            .tableName(call.table())
                            .key(key(pk, sk))
                            .consistentRead(true)
                            .overrideConfiguration(call.configuration())
                            .build())
                    .item());
        }
    }

    /// What a call is made with.
    record Call(DynamoDbClient client, String table, AwsRequestOverrideConfiguration configuration) {}

    Span span() {
        return new Span();
    }

    String name() {
        return name;
    }

    void note(String sentence) {
        notes.accept("table " + name + ": " + sentence);
    }

    /// A sentence about what stays wrong until somebody mends the item: once.
    void noteOnceForAll(String sentence) {
        if (told.size() >= MOST_TOLD) {
            told.clear();
        }
        if (told.add(sentence)) {
            note(sentence);
        }
    }

    static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
    }

    private <T> Answer<T> failed(RuntimeException e, SentMark.Mark mark) {
        if (e instanceof ConditionalCheckFailedException unmet) {
            lastTrouble.set(null);
            return new Answer.Unmet<>(unmet.hasItem() ? unmet.item() : Map.of());
        }
        if (e instanceof AwsServiceException service && service.statusCode() < 500) {
            return refused(service);
        }
        String why = Reasons.of(e);
        if (!mark.isSent() && !(e instanceof AwsServiceException)) {
            noteOnce(why);
            return new Answer.Failed<>(false, why);
        }
        return new Answer.Failed<>(!neverLeft(e), why);
    }

    /// The service has said no, so it has done nothing.
    private <T> Answer<T> refused(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
        String why = Reasons.of(e);
        if (code.equals("ValidationException")) {
            return new Answer.Invalid<>(why);
        }
        if (!isThrottled(e, code)) {
            noteOnce(why);
        }
        return new Answer.Failed<>(false, why);
    }

    private static boolean isThrottled(AwsServiceException e, String code) {
        return e.isThrottlingException()
                || switch (code) {
                    case "ProvisionedThroughputExceededException",
                            "ThrottlingException",
                            "RequestLimitExceeded",
                            "TransactionConflictException" -> true;
                    default -> false;
                };
    }

    /// Whether the connection was never made.
    private static boolean neverLeft(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof SSLHandshakeException
                        // the JDK's words; other words would only be taken for less certain
                        || cause instanceof SocketTimeoutException && Reasons.CONNECT.equals(cause.getMessage());
            }
        }
        return false;
    }

    private void noteOnce(String why) {
        if (!why.equals(lastTrouble.getAndSet(why))) {
            note(why);
        }
    }
}
