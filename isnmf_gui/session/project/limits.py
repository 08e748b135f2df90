"""What a project file may hold at most: nothing in it is believed before it was measured."""

#: Bytes of `project.json`; Python needs some ten times as much to read it.
MOST_JSON_BYTES = 16_000_000
#: Bytes before the numbers of an .npy file.
MOST_NPY_HEADER_BYTES = 1_024
MOST_MEMBERS = 100_000
#: Entries of any list in the JSON.
MOST_ENTRIES = 100_000
#: Letters of a title.
MOST_LETTERS = 1_000
#: Bytes of a file name, on every usual system.
MOST_NAME_BYTES = 255
#: Ids, numbers, colours: what a float in somebody else's JSON reader still holds exactly.
MOST_NUMBER = 2**53 - 1
#: Places in arrays over the components, which are as long as the largest of them.
MOST_INDEX = 65_535
MOST_SAMPLES = 2**40
MOST_SECONDS = 1e9
MOST_ITERATIONS = 10_000_000
#: Decoders of other releases may cut an MP3 or Ogg recording elsewhere, by so much at most.
MOST_DRIFT_S = 0.1
