package dev.sluice.testkit;

/// What every store of shared state has to hold (ADMISSION.md, the verified lines): a test of a store extends this and
/// gives a fresh one.
///
/// The store is asked by 64 threads at once, and has to answer: give it time.
public abstract class LimitStoreContract
        implements BucketContract, ReservationContract, HealthContract, TogetherContract, GeneratedContract {}
