package dev.polycert.whole.parts;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests that are neither in {@link VendorPart} nor in {@link WholePart}. */
@Suite
@SelectPackages("dev.polycert")
@ExcludeClassNamePatterns("dev\\.polycert\\.(vendor|provider|whole\\.(?!judge\\.)).*")
@IncludeClassNamePatterns(".*Test")
class OtherPart {}
