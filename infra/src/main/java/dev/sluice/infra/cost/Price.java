package dev.sluice.infra.cost;

import java.math.BigDecimal;

/// What AWS asks for one unit.
///
/// @param freeUnits each month, in any account, whatever else runs there
/// @param page where it is published
record Price(String name, BigDecimal usd, String unit, BigDecimal freeUnits, String page) {}
