// Package files holds a JSON Schema (draft 2020-12) for every file a person writes in a workspace: zhida.yaml,
// datasets/*.yaml, tags.yaml and policies/*.yaml. Editors that know them complete keys and show in Chinese what each
// is for; "zhida init" puts them into .schemas/ and "zhida schema" prints them.
//
// They say what a single value can show: keys, shapes, closed lists of words. The decoder of pipeline/workspace checks
// that and everything else, with better messages; its tests hold the two together, key by key and word by word.
package files
