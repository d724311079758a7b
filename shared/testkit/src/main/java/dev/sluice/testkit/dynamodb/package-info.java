/// DynamoDB Local as a process of its own.
@NullMarked
package dev.sluice.testkit.dynamodb;

import org.jspecify.annotations.NullMarked;
