"""What a project file may hold at most: nothing in it is believed before it was measured."""

#: Bytes of the JSON, and values in it: Python needs some 60 bytes for each.
MOST_JSON_BYTES = 32_000_000
MOST_JSON_VALUES = 3_000_000
#: Bytes before the numbers of an .npy file.
MOST_NPY_HEADER_BYTES = 1_024
MOST_MEMBERS = 100_000
#: Entries of any list in the JSON.
MOST_ENTRIES = 100_000
#: Letters of a title.
MOST_LETTERS = 1_000
#: Bytes of a file name, on every usual system.
MOST_NAME_BYTES = 255
#: Ids, numbers, colours: what the signals of the window can carry.
MOST_NUMBER = 2**31 - 1
#: Ids that new ones are counted on from; larger ones were never given by this program.
MOST_COUNTED_ID = 2**30
#: Places in arrays over the components, which are as long as the largest of them.
MOST_INDEX = 65_535
MOST_SAMPLES = 2**40
MOST_SECONDS = 1e9
MOST_ITERATIONS = 10_000_000
#: Decoders of other releases may cut an MP3 or Ogg recording elsewhere, by so much at most.
MOST_DRIFT_S = 0.1
