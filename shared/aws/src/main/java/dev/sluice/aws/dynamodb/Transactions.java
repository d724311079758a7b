package dev.sluice.aws.dynamodb;

import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/// Writes of several items as one: the owner's, and rare.
final class Transactions {
    private static final int TRIES = 3;
    /// Others write the same items at this moment: it is worth asking again.
    private static final int TRIES_IN_CONFLICT = 32;

    private Transactions() {}

    /// What became of one.
    private enum Outcome {
        DONE,
        /// A condition did not hold.
        REFUSED,
        /// Others were writing the same items.
        IN_CONFLICT
    }

    /// Writes all or nothing, false when a condition did not hold; repeats under the same token, so that what was done
    /// without our knowing is done once.
    static boolean write(Table table, List<TransactWriteItem> items) {
        String token = UUID.randomUUID().toString();
        int failed = 0;
        for (int tries = 0; tries < TRIES_IN_CONFLICT; tries++) {
            Answer<Outcome> answer = once(table, token, items);
            if (answer instanceof Answer.Failed<?> && ++failed < TRIES) {
                continue;
            }
            switch (Owners.need(answer)) {
                case DONE -> {
                    return true;
                }
                case REFUSED -> {
                    return false;
                }
                case IN_CONFLICT -> {}
            }
        }
        throw new StoreFailure("others write the same items all the time: try again");
    }

    private static Answer<Outcome> once(Table table, String token, List<TransactWriteItem> items) {
        return table.span().call(call -> {
            try {
                call.client()
                        .transactWriteItems(TransactWriteItemsRequest.builder()
                                .clientRequestToken(token)
                                .transactItems(items)
                                .overrideConfiguration(call.configuration())
                                .build());
                return Outcome.DONE;
            } catch (TransactionCanceledException e) {
                if (has(e, "ConditionalCheckFailed")) {
                    return Outcome.REFUSED;
                }
                if (has(e, "TransactionConflict")) {
                    return Outcome.IN_CONFLICT;
                }
                throw e;
            } catch (TransactionInProgressException e) {
                return Outcome.IN_CONFLICT;
            }
        });
    }

    private static boolean has(TransactionCanceledException e, String code) {
        return e.cancellationReasons().stream().map(CancellationReason::code).anyMatch(code::equals);
    }
}
