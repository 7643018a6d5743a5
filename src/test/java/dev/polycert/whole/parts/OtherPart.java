package dev.polycert.whole.parts;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests that are not in {@link VendorPart}. */
@Suite
@SelectPackages("dev.polycert")
@ExcludePackages({"dev.polycert.vendor", "dev.polycert.provider", "dev.polycert.whole.judge"})
@IncludeClassNamePatterns(".*Test")
class OtherPart {}
