package dev.sluice.aws.dynamodb;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Writes of several items as one: the owner's, and rare.
final class Transactions {
    private static final int TRIES = 3;

    private Transactions() {}

    /// What became of one.
    enum Outcome {
        DONE,
        /// A condition did not hold.
        REFUSED
    }

    /// Writes all or nothing; repeats under the same token, so that what was done without our knowing is done once.
    static Outcome write(Table table, String token, List<TransactWriteItem> items) {
        Answer<Outcome> answer = once(table, token, items);
        for (int tries = 1; answer instanceof Answer.Failed<?> && tries < TRIES; tries++) {
            answer = once(table, token, items);
        }
        return Owners.need(answer);
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
                if (e.cancellationReasons().stream().anyMatch(Transactions::isCondition)) {
                    return Outcome.REFUSED;
                }
                throw e;
            }
        });
    }

    private static boolean isCondition(CancellationReason reason) {
        return "ConditionalCheckFailed".equals(reason.code());
    }
}
